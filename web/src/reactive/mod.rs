//! Leptos's reactive values, each compiled once.
//!
//! Leptos gives a memo, a signal or a stored value a type for what it holds, and compiles all that
//! it can do, from taking its place in the graph to waking those that read it, once more for each
//! such type. Here what they hold is a `Held`, and there is one Leptos type of each kind: a
//! further memo costs the closure that works it out and no more. The types below are handles that
//! know what is held; they are made and read as Leptos's own, whose names they bear.

mod callback;
mod effect;
mod held;
mod memo;
mod signal;
mod stored;

pub use callback::Callback;
pub use effect::effect;
pub use memo::{Memo, memo};
pub use signal::{RwSignal, Signal};
pub use stored::StoredValue;

/// What all handles have: they are copied, and show what they are.
macro_rules! handle {
    ($name:ident) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}

        impl<T> std::fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    };
}
use handle;

#[cfg(test)]
mod tests;
