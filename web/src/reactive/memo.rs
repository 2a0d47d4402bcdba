//! Values that follow from others.

use std::marker::PhantomData;

use leptos::prelude::{Memo as LeptosMemo, Read as _, ReadUntracked as _, Track as _};

use super::handle;
use super::held::{Held, held};

/// A value that is worked out again when what it reads has changed, and passed on when it differs.
pub struct Memo<T>(LeptosMemo<Held>, PhantomData<fn() -> T>);

handle!(Memo);

/// Works a value out again: from the one before, into the next and whether it differs.
type Next = Box<dyn Fn(Option<Held>) -> (Held, bool) + Send + Sync>;

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    /// A memo of what `value` makes of the value before.
    pub fn new(value: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self {
        Self::of(Box::new(move |before| {
            let before = before.as_ref().map(held);
            let now = value(before);
            let differs = before != Some(&now);
            (Box::new(now), differs)
        }))
    }
}

impl<T: 'static> Memo<T> {
    fn of(next: Next) -> Self {
        Self(LeptosMemo::new_owning(next), PhantomData)
    }

    /// Follows the value without reading it.
    pub fn track(self) {
        self.0.track();
    }

    /// Reads the value, and follows it.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(held(&self.0.read()))
    }

    /// Reads the value without following it.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(held(&self.0.read_untracked()))
    }
}

impl<T: Clone + 'static> Memo<T> {
    /// The value; follows it.
    #[must_use]
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value, without following it.
    #[must_use]
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

/// A memo that does not look at its value before.
pub fn memo<T>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| value())
}
