//! Values that are set, and values that are read wherever they come from.

use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::{
    GetValue as _, Notify as _, Read as _, ReadUntracked as _, RwSignal as LeptosSignal, Set as _,
    StoredValue as LeptosStored, Track as _, Write as _,
};

use super::held::{Held, Through, held, held_mut, of_another_type, place};
use super::{Memo, handle};

/// A value that is read and set.
pub struct RwSignal<T>(LeptosSignal<Held>, PhantomData<fn() -> T>);

handle!(RwSignal);

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// A signal with this value.
    pub fn new(value: T) -> Self {
        Self::of(Box::new(value))
    }

    fn of(value: Held) -> Self {
        Self(LeptosSignal::new(value), PhantomData)
    }

    /// Sets the value.
    pub fn set(self, value: T) {
        self.0.set(Box::new(value));
    }

    /// Sets the value, if it is still there to be set; else gives it back.
    pub fn try_set(self, value: T) -> Option<T> {
        let mut value = Some(value);
        let _ = self.try_update(|place| value.take().map(|value| *place = value));
        value
    }

    /// Changes the value.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        change(held_mut(&mut self.0.write()));
    }

    /// Changes the value, if it is still there, and passes on what `change` says.
    pub fn try_update<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.0.try_write().map(|mut value| change(held_mut(&mut value)))
    }

    /// Follows the value without reading it.
    pub fn track(self) {
        self.0.track();
    }

    /// Lets those that follow it read it again.
    pub fn notify(self) {
        self.0.notify();
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

impl<T: Clone + Send + Sync + 'static> RwSignal<T> {
    /// The value; follows it.
    #[must_use]
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value, if it is still there; follows it.
    #[must_use]
    pub fn try_get(self) -> Option<T> {
        self.0.try_read().map(|value| held::<T>(&value).clone())
    }

    /// The value, without following it.
    #[must_use]
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

/// A value to read: one that stays, a signal's, a memo's, or one that a closure works out.
pub struct Signal<T>(LeptosStored<Through>, PhantomData<fn() -> T>);

handle!(Signal);

impl<T: 'static> Signal<T> {
    /// A value that is worked out whenever it is read.
    pub fn derive(value: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::of(Arc::new(move |to| *place(to) = Some(value())))
    }

    /// A value that stays.
    pub fn stored(value: T) -> Self
    where
        T: Clone + Send + Sync,
    {
        Self::derive(move || value.clone())
    }

    fn of(read: Through) -> Self {
        Self(LeptosStored::new(read), PhantomData)
    }

    /// The value; follows what it is worked out from.
    #[must_use]
    pub fn get(self) -> T {
        let mut value = None::<T>;
        self.0.get_value()(&mut value);
        value.unwrap_or_else(|| of_another_type())
    }
}

impl<T: 'static> Signal<T> {
    /// Follows the value.
    pub fn track(self) {
        drop(self.get());
    }
}

impl<T: Clone + Default + Send + Sync + 'static> Default for Signal<T> {
    fn default() -> Self {
        Self::stored(T::default())
    }
}

impl<T: 'static, F: Fn() -> T + Send + Sync + 'static> From<F> for Signal<T> {
    fn from(value: F) -> Self {
        Self::derive(value)
    }
}

impl<T: Clone + Send + Sync + 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::derive(move || signal.get())
    }
}

impl<T: Clone + Send + Sync + 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::derive(move || memo.get())
    }
}
