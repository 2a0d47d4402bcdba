//! Taking over new content into what is there.
//!
//! Content that only shows something — no effect in it, no listener — can be compared with what
//! it replaces: what is the same stays, so that an unfolded list stays unfolded and a keystroke
//! touches little of the document.

use std::cell::Cell;

use super::Node;

thread_local! {
    /// How many effects, listeners and references were made so far.
    static BOUND: Cell<u32> = const { Cell::new(0) };
}

/// Notes that something holds on to an element that was just made.
pub(super) fn bind() {
    BOUND.with(|bound| bound.set(bound.get().wrapping_add(1)));
}

/// How much was bound so far: unchanged while content is made that only shows something.
pub(super) fn bound() -> u32 {
    BOUND.with(Cell::get)
}

/// Puts `content` between two marks, in the place of what stands there.
pub(super) fn replace(start: &Node, end: &Node, content: &Node) {
    let (start, end) = (start.dom(), end.dom());
    let Some(parent) = end.parent_node() else { return };
    while let Some(old) = start.next_sibling().filter(|next| next != end) {
        let _ = parent.remove_child(&old);
    }
    let _ = parent.insert_before(content.dom(), Some(end));
}

/// Changes what stands between two marks so that it becomes `content`.
pub(super) fn patch(start: &Node, end: &Node, content: Node) {
    if let Some(parent) = end.dom().parent_node() {
        let content = super::fragment().child(content);
        between(&parent, start.dom().next_sibling(), Some(end.dom()), content.dom());
    }
}

/// The same for the children of `parent` from `old` to `end`; `made` holds the new ones.
fn between(
    parent: &web_sys::Node,
    mut old: Option<web_sys::Node>,
    end: Option<&web_sys::Node>,
    made: &web_sys::Node,
) {
    while let Some(new) = made.first_child() {
        let here = old.filter(|here| Some(here) != end);
        let Some(here) = here else {
            let _ = parent.insert_before(&new, end);
            old = None;
            continue;
        };
        old = here.next_sibling();
        if !here.is_equal_node(Some(&new)) && same_kind(&here, &new) {
            if here.node_type() == web_sys::Node::TEXT_NODE {
                here.set_node_value(new.node_value().as_deref());
            } else {
                between(&here, here.first_child(), None, &new);
            }
        } else if !here.is_equal_node(Some(&new)) {
            let _ = parent.replace_child(&new, &here);
            continue;
        }
        let _ = made.remove_child(&new);
    }
    while let Some(gone) = old.filter(|gone| Some(gone) != end) {
        old = gone.next_sibling();
        let _ = parent.remove_child(&gone);
    }
}

/// Whether two nodes differ in nothing but what is in them, and in whether that is unfolded.
fn same_kind(old: &web_sys::Node, new: &web_sys::Node) -> bool {
    let name = old.node_name();
    if name != new.node_name() {
        return false;
    }
    let alone = |node: &web_sys::Node| node.clone_node().ok();
    name == "#text"
        || name.eq_ignore_ascii_case("details")
        || alone(old).is_some_and(|old| old.is_equal_node(alone(new).as_ref()))
}
