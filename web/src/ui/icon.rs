//! The application's icons: one stroked path each on a grid of 20 by 20.

use crate::dom::{Node, view};
use iap_core::catalogue::ServiceIcon;
use leptos::prelude::*;

/// The name of an icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IconName {
    /// Writing a message.
    Compose,
    /// Prices.
    Tag,
    /// Settings.
    Sliders,
    /// Opens the menu.
    Menu,
    /// Closes.
    Close,
    /// Light.
    Sun,
    /// Dark.
    Moon,
    /// As the system is.
    Screen,
    /// Languages.
    Globe,
    /// Something to know.
    Info,
    /// Something to look at.
    Warning,
    /// Looks for something.
    Search,
    /// Gives a file.
    Download,
    /// Can be sorted.
    Sort,
    /// Sorted, the smallest first.
    SortUp,
    /// Sorted, the largest first.
    SortDown,
    /// Done, or chosen.
    Check,
    /// Takes back.
    Undo,
    /// Adds.
    Plus,
    /// Removes.
    Trash,
    /// People.
    People,
    /// No connection.
    Offline,
    /// Takes a copy.
    Copy,
    /// Goes there.
    Arrow,
    /// Goes back.
    Back,
    /// A telephone.
    Phone,
    /// A wand: an improvement that is proposed.
    Wand,
    /// Credits.
    Coins,
    /// Orders and invoices.
    Receipt,
    /// Sends.
    Send,
    /// How something does.
    Pulse,
    /// What there is to choose from.
    Grid,
    /// Technical things.
    Code,
    /// A letter.
    Letter,
    /// A building.
    Building,
    /// A cloud.
    Cloud,
    /// A lorry.
    Lorry,
    /// A shield.
    Shield,
    /// A star.
    Star,
    /// A key.
    Key,
    /// Figures over time.
    Chart,
    /// Unfolds something.
    Chevron,
    /// Leads out of the application.
    External,
    /// What was spent.
    Trend,
}

impl From<ServiceIcon> for IconName {
    /// How the picture of a service or a pack is drawn.
    fn from(icon: ServiceIcon) -> Self {
        match icon {
            ServiceIcon::Coins => Self::Coins,
            ServiceIcon::Message => Self::Compose,
            ServiceIcon::Phone => Self::Phone,
            ServiceIcon::Letter => Self::Letter,
            ServiceIcon::Document => Self::Receipt,
            ServiceIcon::Search => Self::Search,
            ServiceIcon::People => Self::People,
            ServiceIcon::Building => Self::Building,
            ServiceIcon::Globe => Self::Globe,
            ServiceIcon::Cloud => Self::Cloud,
            ServiceIcon::Lorry => Self::Lorry,
            ServiceIcon::Shield => Self::Shield,
            ServiceIcon::Star => Self::Star,
            ServiceIcon::Wand => Self::Wand,
        }
    }
}

impl IconName {
    const fn path(self) -> &'static str {
        match self {
            Self::Compose => {
                "M4 4.5h12a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5H9L5.5 17.5v-3H4A1.5 1.5 0 0 1 2.5 13V6A1.5 1.5 0 0 1 4 4.5ZM6.5 8h7M6.5 11h4.5"
            }
            Self::Tag => "M3 3.5h6.5L17 11l-6 6-7.5-7.5ZM6.7 6.7v.01",
            Self::Sliders => {
                "M3 6h8m4 0h2M3 14h2m4 0h8M11 6a2 2 0 1 0 4 0 2 2 0 1 0-4 0ZM5 14a2 2 0 1 0 4 0 2 2 0 1 0-4 0Z"
            }
            Self::Menu => "M3 5.5h14M3 10h14M3 14.5h14",
            Self::Close => "m5 5 10 10M15 5 5 15",
            Self::Sun => {
                "M6.5 10a3.5 3.5 0 1 0 7 0 3.5 3.5 0 1 0-7 0ZM10 1.5v2m0 13v2M1.5 10h2m13 0h2M4 4l1.4 1.4m9.2 9.2L16 16M4 16l1.4-1.4m9.2-9.2L16 4"
            }
            Self::Moon => "M16.8 11.9A7 7 0 1 1 8.1 3.2a5.6 5.6 0 0 0 8.7 8.7Z",
            Self::Screen => {
                "M3.5 3.5h13A1.5 1.5 0 0 1 18 5v7.5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 2 12.5V5a1.5 1.5 0 0 1 1.5-1.5ZM10 14v3M6.5 17h7"
            }
            Self::Globe => {
                "M2.5 10a7.5 7.5 0 1 0 15 0 7.5 7.5 0 1 0-15 0ZM2.8 8h14.4M2.8 12h14.4M10 2.5c-4 4-4 11 0 15 4-4 4-11 0-15Z"
            }
            Self::Info => "M2.5 10a7.5 7.5 0 1 0 15 0 7.5 7.5 0 1 0-15 0ZM10 9v4.5M10 6.4v.01",
            Self::Warning => "M10 3 2 16.5h16ZM10 8v4M10 14.2v.01",
            Self::Search => "M3 8.5a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0ZM12.5 12.5 17 17",
            Self::Download => "M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13",
            Self::Sort => "m6.5 8 3.5-4 3.5 4M6.5 12l3.5 4 3.5-4",
            Self::SortUp => "M10 16V4M5.5 8.5 10 4l4.5 4.5",
            Self::SortDown => "M10 4v12M5.5 11.5 10 16l4.5-4.5",
            Self::Check => "m4 10.5 4 4 8-9",
            Self::Undo => "M7 4 3.5 7.5 7 11M3.5 7.5h8a4.5 4.5 0 0 1 0 9H8",
            Self::Plus => "M10 4v12M4 10h12",
            Self::Trash => "M3.5 5.5h13M8 5.5v-2h4v2M5 5.5l.8 11h8.4l.8-11M8.3 8.5v5M11.7 8.5v5",
            Self::People => {
                "M4.5 6.5a3 3 0 1 0 6 0 3 3 0 1 0-6 0ZM2 16.5c0-3 2.4-5 5.5-5s5.5 2 5.5 5M13 4a2.8 2.8 0 0 1 0 5.2M15 12c1.9.7 3 2.3 3 4.5"
            }
            Self::Offline => {
                "M2.5 7.5a11 11 0 0 1 4-2.4m4.5-.6a11 11 0 0 1 6.5 3M5.5 11a7 7 0 0 1 3-1.7m4.3.5a7 7 0 0 1 1.7 1.2M10 15.5v.01M3 2.5l14 15"
            }
            Self::Copy => "M7 7h9.5v9.5H7ZM4.5 13h-1V3.5H13v1",
            Self::Arrow => "M4 10h12M11 5l5 5-5 5",
            Self::Back => "M16 10H4M9 5l-5 5 5 5",
            Self::Phone => {
                "M6.5 2h7A1.5 1.5 0 0 1 15 3.5v13a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 5 16.5v-13A1.5 1.5 0 0 1 6.5 2ZM9 15h2"
            }
            Self::Wand => "M3 17 12 8M13 3v3M17 7h-3M15.5 4.5 13.5 6.5M6 3v2M5 4h2M16 12v2M15 13h2",
            Self::Coins => {
                "M2.5 6a4.5 2.5 0 1 0 9 0 4.5 2.5 0 1 0-9 0ZM2.5 6v4c0 1.4 2 2.5 4.5 2.5M2.5 10v4c0 1.4 2 2.5 4.5 2.5M8.5 11.5a4.5 2.5 0 1 0 9 0 4.5 2.5 0 1 0-9 0ZM8.5 11.5v3.5c0 1.4 2 2.5 4.5 2.5s4.5-1.1 4.5-2.5v-3.5"
            }
            Self::Receipt => {
                "M4.5 2.5v15l2-1.5 2 1.5 1.5-1.5 1.5 1.5 2-1.5 2 1.5v-15ZM7.5 6.5h5M7.5 10h5"
            }
            Self::Grid => {
                "M3 3h5.5v5.5H3ZM11.5 3H17v5.5h-5.5ZM3 11.5h5.5V17H3ZM11.5 11.5H17V17h-5.5Z"
            }
            Self::Code => "m6.5 6-4 4 4 4m7-8 4 4-4 4M11.5 4l-3 12",
            Self::Letter => "M2.5 5h15v10.5h-15ZM2.5 5.5l7.5 6 7.5-6",
            Self::Building => "M4.5 17V3h8v14M12.5 8h3.5v9M2.5 17h15M7 6.5h3M7 9.5h3M7 12.5h3",
            Self::Cloud => "M5.5 15.5a3.5 3.5 0 0 1 0-7 5 5 0 0 1 9.6 1.2 3 3 0 0 1-.6 5.8Z",
            Self::Lorry => {
                "M2 5h9.5v9H2ZM11.5 8h3.5l3 3v3h-6.5M4 15a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0ZM13 15a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0Z"
            }
            Self::Shield => "M10 2.5 16.5 5v5c0 3.5-2.6 6.3-6.5 7.5-3.9-1.2-6.5-4-6.5-7.5V5Z",
            Self::Star => {
                "m10 2.5 2.3 4.9 5.2.7-3.8 3.7.9 5.3-4.6-2.5-4.6 2.5.9-5.3L2.5 8.1l5.2-.7Z"
            }
            Self::Key => "M3 13a3.5 3.5 0 1 0 7 0 3.5 3.5 0 1 0-7 0ZM9 10.5 17 3M13.5 6.2l2 2",
            Self::Chevron => "m7.5 4.5 5.5 5.5-5.5 5.5",
            Self::External => "M8 4.5H4.5v11h11V12M11.5 3.5h5v5M16 4l-7 7",
            Self::Trend => "M3 14.5l4.5-5 3.5 3 6-7M13 5.5h4v4",
            Self::Chart => "M3 16.5h14M5 16.5v-5M10 16.5v-12M15 16.5v-8",
            Self::Pulse => "M2.5 10.5H6l2.5-6 3.5 11 2.2-5h3.3",
            Self::Send => "M17.5 2.5 9 11M17.5 2.5 12 17.5l-3-6.5-6.5-3Z",
        }
    }
}

/// An icon in the colour of the text around it. It has no name of its own: say in words what it
/// stands for.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
) -> Node {
    view! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d=name.path()/>
        </svg>
    }
}
