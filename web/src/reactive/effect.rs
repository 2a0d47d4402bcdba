//! What is done when values change.

use leptos::prelude::Effect;

/// Does something now, and again whenever what it reads changes. The argument says whether this
/// is the first time.
pub fn effect(act: impl FnMut(bool) + 'static) {
    start(Box::new(act));
}

fn start(mut act: Box<dyn FnMut(bool)>) {
    Effect::new(move |before: Option<()>| act(before.is_none()));
}
