//! The parts that pages are built from.

mod button;
mod card;
mod dialog;
mod dynamic;
mod empty;
mod failure;
mod field;
mod hidden;
mod icon;
mod id;
mod notice;
mod search;
mod segmented;
mod select;
mod switch;
mod table;
mod toast;

pub use crate::dom::Row;
pub use button::{Button, ButtonKind};
pub use card::Card;
pub use dialog::Dialog;
pub use dynamic::{Rows, Text, When, condition, each, rows, text};
pub use empty::EmptyState;
pub use failure::{Failed, Retry, Waiting, failure_text};
pub use field::{Described, Field};
pub use hidden::VisuallyHidden;
pub use icon::{Icon, IconName};
pub use id::next_id;
pub use notice::{Notice, NoticeKind};
pub use search::SearchBar;
pub use segmented::Segmented;
pub use select::Select;
pub use switch::Switch;
pub use table::{Order, SortHeader, Sorting, TableScroll};
pub use toast::{ToastRegion, Toasts, use_toasts};
