//! Functions that are handed to components.

use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::{GetValue as _, StoredValue as LeptosStored};

use super::handle;
use super::held::{Through, place};

/// What a component calls when something happened.
pub struct Callback<T>(LeptosStored<Through>, PhantomData<fn(T)>);

handle!(Callback);

impl<T: 'static> Callback<T> {
    /// Hands a function on.
    pub fn new(act: impl Fn(T) + Send + Sync + 'static) -> Self {
        Self::of(Arc::new(move |from| {
            if let Some(value) = place(from).take() {
                act(value);
            }
        }))
    }

    fn of(act: Through) -> Self {
        Self(LeptosStored::new(act), PhantomData)
    }

    /// Calls it. Nothing happens where whoever made it is gone: an answer or a toast may outlive a page.
    pub fn run(self, value: T) {
        if let Some(act) = self.0.try_get_value() {
            act(&mut Some(value));
        }
    }
}

impl<T: 'static, F: Fn(T) + Send + Sync + 'static> From<F> for Callback<T> {
    fn from(act: F) -> Self {
        Self::new(act)
    }
}
