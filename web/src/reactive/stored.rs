//! Values that nothing follows.

use std::marker::PhantomData;

use leptos::prelude::{
    ReadValue as _, SetValue as _, StoredValue as LeptosStored, WriteValue as _,
};

use super::handle;
use super::held::{Held, held, held_mut};

/// A value that is kept as long as its owner, and that nothing follows.
pub struct StoredValue<T>(LeptosStored<Held>, PhantomData<fn() -> T>);

handle!(StoredValue);

impl<T: Send + Sync + 'static> StoredValue<T> {
    /// Keeps a value.
    pub fn new(value: T) -> Self {
        Self::of(Box::new(value))
    }

    fn of(value: Held) -> Self {
        Self(LeptosStored::new(value), PhantomData)
    }

    /// Keeps another value.
    pub fn set_value(self, value: T) {
        self.0.set_value(Box::new(value));
    }

    /// Changes the value.
    pub fn update_value(self, change: impl FnOnce(&mut T)) {
        change(held_mut(&mut self.0.write_value()));
    }

    /// Changes the value, if it is still there, and passes on what `change` says.
    pub fn try_update_value<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.0.try_write_value().map(|mut value| change(held_mut(&mut value)))
    }

    /// Reads the value.
    pub fn with_value<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(held(&self.0.read_value()))
    }
}

impl<T: Clone + Send + Sync + 'static> StoredValue<T> {
    /// The value.
    #[must_use]
    pub fn get_value(self) -> T {
        self.with_value(T::clone)
    }

    /// The value, if it is still there.
    #[must_use]
    pub fn try_get_value(self) -> Option<T> {
        self.0.try_read_value().map(|value| held::<T>(&value).clone())
    }
}
