//! What stands between the tags of a component.

use std::rc::Rc;

use super::{IntoNode, Node};

/// Content that is made once.
pub type Children = Box<dyn FnOnce() -> Node>;

/// Content that can be made again.
pub type ChildrenFn = Rc<dyn Fn() -> Node>;

/// Takes what a view holds between the tags of a component.
pub trait ToChildren<F> {
    /// The content.
    fn to_children(make: F) -> Self;
}

impl<F: FnOnce() -> Node + 'static> ToChildren<F> for Children {
    fn to_children(make: F) -> Self {
        Box::new(make)
    }
}

impl<F: Fn() -> Node + 'static> ToChildren<F> for ChildrenFn {
    fn to_children(make: F) -> Self {
        Rc::new(make)
    }
}

/// Content given as a property, made anew whenever what it reads changes.
pub struct ViewFn(Box<dyn FnOnce() -> Node>);

impl<F, T> From<F> for ViewFn
where
    F: FnMut() -> T + 'static,
    T: IntoNode + 'static,
{
    fn from(make: F) -> Self {
        Self(Box::new(move || make.into_node()))
    }
}

impl ViewFn {
    /// Makes the content.
    #[must_use]
    pub fn run(self) -> Node {
        (self.0)()
    }
}
