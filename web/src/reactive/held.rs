//! Values whose type is known to those who put them there and take them out.

use std::any::Any;

/// A value of any type.
pub(super) type Held = Box<dyn Any + Send + Sync>;

/// The value, by the type it was put in with.
pub(super) fn held<T: 'static>(held: &Held) -> &T {
    match held.downcast_ref() {
        Some(value) => value,
        None => of_another_type(),
    }
}

/// The value, to change it.
pub(super) fn held_mut<T: 'static>(held: &mut Held) -> &mut T {
    match held.downcast_mut() {
        Some(value) => value,
        None => of_another_type(),
    }
}

/// A function that takes something, or gives something back, by a place for it.
pub(super) type Through = std::sync::Arc<dyn Fn(&mut dyn Any) + Send + Sync>;

/// The place that a [`Through`] was made for.
pub(super) fn place<T: 'static>(place: &mut dyn Any) -> &mut Option<T> {
    match place.downcast_mut() {
        Some(place) => place,
        None => of_another_type(),
    }
}

/// It never is: a handle's type is that of the value it was made with.
#[cold]
pub(super) fn of_another_type() -> ! {
    unreachable!("a handle reads another type than it was made with")
}
