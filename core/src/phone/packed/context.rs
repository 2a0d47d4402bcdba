//! In which company a bit stands: bits of one context are expected to be alike.

/// What a branch of a node leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Branch {
    /// No number goes on like this.
    Dead,
    /// Any digits, so and so many, then an outcome.
    Run,
    /// A node not met before; it follows at once.
    New,
    /// A node met before.
    Seen,
    /// There is no branch before this one.
    First,
}

impl Branch {
    const fn index(self) -> usize {
        match self {
            Self::Dead => 0,
            Self::Run => 1,
            Self::New => 2,
            Self::Seen => 3,
            Self::First => 4,
        }
    }
}

/// The three kinds of graph that are stored. Each has habits of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Family {
    /// National numbers of a calling code: region and kind.
    Kinds,
    /// What a country's numbers look like in general.
    General,
    /// How a national number is grouped for display.
    Groups,
}

/// The numbers that are stored, by what they stand for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Numbers {
    /// Place in the list of recent outcomes, for a node where a number may end.
    Outcome,
    /// The same, at the end of a run.
    RunOutcome,
    /// An outcome that was not in the list.
    NewOutcome,
    /// Place in the list of recent lengths of whole numbers.
    Length,
    /// A length that was not in the list.
    NewLength,
    /// Place among the earlier branches of the same node.
    Earlier,
    /// Place in the list of nodes met before, by depth.
    Node(usize),
}

const DEPTHS: usize = 9;
const FINAL: usize = 0;
const SAME: usize = FINAL + DEPTHS;
const EARLIER: usize = SAME + 5 * 10 * DEPTHS;
const DEAD: usize = EARLIER + 5 * 4 * DEPTHS;
const RUN: usize = DEAD + 5 * DEPTHS * 2;
const NEW: usize = RUN + 5 * DEPTHS * 2;
const NUMBERS: usize = NEW + 5 * DEPTHS;
/// Contexts of one sort of number: its length in bits (up to 16), then its bits.
const NUMBER: usize = 16 + 16 * 20;
const SORTS: usize = 6 + DEPTHS;
const FAMILY: usize = NUMBERS + SORTS * NUMBER;
const PLAN: usize = 3 * FAMILY;
/// What the plans themselves take: small numbers, and bits of sets of lengths.
const PLAN_SORTS: usize = 8;
const LENGTHS: usize = PLAN + PLAN_SORTS * NUMBER;
/// How many contexts there are.
pub(crate) const CONTEXTS: usize = LENGTHS + 2 * 32 * 2;

const fn least(a: usize, b: usize) -> usize {
    if a < b { a } else { b }
}

const fn depth_index(depth: usize) -> usize {
    least(depth, DEPTHS - 1)
}

impl Family {
    const fn base(self) -> usize {
        match self {
            Self::Kinds => 0,
            Self::General => FAMILY,
            Self::Groups => 2 * FAMILY,
        }
    }
}

/// Whether a number may end at this node.
pub(crate) const fn ends(family: Family, depth: usize) -> usize {
    family.base() + FINAL + depth_index(depth)
}

/// Whether the branch leads where the one before it leads.
pub(crate) const fn same(family: Family, before: Branch, digit: usize, depth: usize) -> usize {
    let place = (before.index() * 10 + least(digit, 9)) * DEPTHS + depth_index(depth);
    family.base() + SAME + place
}

/// Whether the branch leads where an earlier one leads.
pub(crate) const fn earlier(family: Family, before: Branch, choices: usize, depth: usize) -> usize {
    let place = (before.index() * 4 + least(choices, 3)) * DEPTHS + depth_index(depth);
    family.base() + EARLIER + place
}

/// Whether the branch is dead.
pub(crate) const fn dead(family: Family, before: Branch, depth: usize, first: bool) -> usize {
    let place = (before.index() * DEPTHS + depth_index(depth)) * 2;
    family.base() + DEAD + if first { place } else { place + 1 }
}

/// Whether the branch is a run.
pub(crate) const fn run(family: Family, before: Branch, depth: usize, lone: bool) -> usize {
    let place = (before.index() * DEPTHS + depth_index(depth)) * 2;
    family.base() + RUN + if lone { place } else { place + 1 }
}

/// Whether the branch leads to a new node.
pub(crate) const fn new(family: Family, before: Branch, depth: usize) -> usize {
    family.base() + NEW + before.index() * DEPTHS + depth_index(depth)
}

/// Where the contexts of a sort of number begin.
pub(crate) const fn number(family: Family, sort: Numbers) -> usize {
    let index = match sort {
        Numbers::Outcome => 0,
        Numbers::RunOutcome => 1,
        Numbers::NewOutcome => 2,
        Numbers::Length => 3,
        Numbers::NewLength => 4,
        Numbers::Earlier => 5,
        Numbers::Node(depth) => 6 + depth_index(depth),
    };
    family.base() + NUMBERS + index * NUMBER
}

/// Where the contexts of a column of the plans begin, counted from 0.
pub(crate) const fn column(index: usize) -> usize {
    PLAN + least(index, PLAN_SORTS - 1) * NUMBER
}

/// Whether a length is possible (`set` 0) or possible without area code (`set` 1).
pub(crate) const fn length(set: usize, length: usize, shorter_too: bool) -> usize {
    let place = (least(set, 1) * 32 + least(length, 31)) * 2;
    LENGTHS + if shorter_too { place + 1 } else { place }
}
