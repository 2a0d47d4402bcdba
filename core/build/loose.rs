//! Grouping made simpler where nobody sees it.
//!
//! Only numbers in use are shown. The rules for grouping say something about all others, too, and
//! most of what they say is detail about those. Here what they say about numbers that do not
//! exist is forgotten: branches that lead to none take after their neighbours, and where the
//! grouping hangs on the length alone, the digits are not looked at any further.
//!
//! Of numbers that cannot be mobile only the first digits are looked at; after those the grouping
//! that most of them have stands for all. Long lists of area codes are kilobytes in the browser,
//! and a message is not sent to such a number. For numbers that can be mobile nothing is lost.

use std::collections::{BTreeMap, HashMap};

use crate::graph::{Builder, Node, Roots};

/// The grouping for each length (of what is left of the number), where that is all it hangs on.
type ByLength = BTreeMap<usize, Option<u16>>;

/// How many digits of a number that cannot be mobile are looked at.
const DIGITS_OF_OTHERS: usize = 2;

/// The kinds of numbers that can be mobile.
const MOBILE: [u16; 2] = [9, 10];

/// For each length and grouping, how many numbers in use have it.
type Counts = BTreeMap<usize, BTreeMap<Option<u16>, u64>>;

/// What the numbers in use below a node say.
#[derive(Clone, Debug, Default)]
struct Below {
    mobile: Counts,
    others: Counts,
}

impl Below {
    fn is_empty(&self) -> bool {
        self.mobile.is_empty() && self.others.is_empty()
    }

    /// The grouping by length, if that is all it hangs on; for others than mobile numbers the
    /// most frequent one if `loose`.
    fn by_length(&self, loose: bool) -> Option<ByLength> {
        let single = |counts: &BTreeMap<Option<u16>, u64>| {
            counts.keys().next().copied().filter(|_| counts.len() == 1)
        };
        let mut lengths = ByLength::new();
        for (length, counts) in &self.mobile {
            lengths.insert(*length, single(counts)?);
        }
        for (length, counts) in &self.others {
            let most = counts.iter().max_by(|a, b| a.1.cmp(b.1)).map(|(group, _)| *group);
            let group = if loose { most } else { single(counts) };
            let group = group?;
            if *lengths.entry(*length).or_insert(group) != group && !loose {
                return None;
            }
        }
        Some(lengths)
    }
}

struct Loosening<'a> {
    builder: &'a mut Builder,
    kinds: &'a Roots,
    groups: &'a Roots,
    below: HashMap<(usize, usize), Below>,
    /// For each depth the groupings by length that occur there, merged where they agree.
    merged: Vec<Vec<ByLength>>,
    done: HashMap<(usize, usize, usize), usize>,
}

/// The root of a graph that says of numbers in use what the node `group` says.
pub(crate) fn loosen(
    builder: &mut Builder,
    kinds: &Roots,
    kind: usize,
    groups: &Roots,
    group: usize,
) -> usize {
    assert_eq!(builder.node(Node { outcome: None, branches: [0; 10] }), 0, "node 0 is dead");
    let mut loosening = Loosening {
        builder,
        kinds,
        groups,
        below: HashMap::new(),
        merged: vec![Vec::new(); 20],
        done: HashMap::new(),
    };
    loosening.collect(kind, group, 0);
    loosening.write(kind, group, 0)
}

/// Both together, where they say nothing different.
fn merge(a: &ByLength, b: &ByLength) -> Option<ByLength> {
    let agree = a.iter().all(|(length, group)| b.get(length).is_none_or(|other| other == group));
    agree.then(|| a.iter().chain(b).map(|(length, group)| (*length, *group)).collect())
}

impl Loosening<'_> {
    fn below(&mut self, kind: usize, group: usize) -> Below {
        if kind == 0 {
            return Below::default();
        }
        if let Some(below) = self.below.get(&(kind, group)) {
            return below.clone();
        }
        let mut below = Below::default();
        if let Some(outcome) = self.kinds.nodes[kind].outcome {
            let mobile = MOBILE.contains(&(outcome % 16));
            let counts = if mobile { &mut below.mobile } else { &mut below.others };
            counts.entry(0).or_default().insert(self.groups.nodes[group].outcome, 1);
        }
        for digit in 0..10 {
            let (kind, group) = self.branch(kind, group, digit);
            let branch = self.below(kind, group);
            for (all, counts) in
                [(&mut below.mobile, branch.mobile), (&mut below.others, branch.others)]
            {
                for (length, counts) in counts {
                    let all = all.entry(length + 1).or_default();
                    for (group, count) in counts {
                        *all.entry(group).or_default() += count;
                    }
                }
            }
        }
        self.below.insert((kind, group), below.clone());
        below
    }

    /// What is told of a node that `depth` digits lead to; none where the next digit matters.
    fn told(&mut self, kind: usize, group: usize, depth: usize) -> Option<ByLength> {
        self.below(kind, group).by_length(depth >= DIGITS_OF_OTHERS)
    }

    fn branch(&self, kind: usize, group: usize, digit: usize) -> (usize, usize) {
        (self.kinds.nodes[kind].branches[digit], self.groups.nodes[group].branches[digit])
    }

    /// Collects what occurs where the digits are no longer looked at.
    fn collect(&mut self, kind: usize, group: usize, depth: usize) {
        if self.below(kind, group).is_empty() {
            return;
        }
        if let Some(lengths) = self.told(kind, group, depth) {
            let known = &mut self.merged[depth];
            match known.iter_mut().find_map(|known| Some((merge(known, &lengths)?, known))) {
                Some((merged, known)) => *known = merged,
                None => known.push(lengths),
            }
            return;
        }
        for digit in 0..10 {
            let (kind, group) = self.branch(kind, group, digit);
            self.collect(kind, group, depth + 1);
        }
    }

    fn write(&mut self, kind: usize, group: usize, depth: usize) -> usize {
        if self.below(kind, group).is_empty() {
            return 0;
        }
        if let Some(id) = self.done.get(&(kind, group, depth)) {
            return *id;
        }
        let id = if let Some(lengths) = self.told(kind, group, depth) {
            let merged = self.merged[depth]
                .iter()
                .find(|known| merge(known, &lengths).is_some_and(|merged| merged == **known));
            let merged = merged.expect("everything was collected").clone();
            chain(self.builder, &merged)
        } else {
            self.node(kind, group, depth)
        };
        self.done.insert((kind, group, depth), id);
        id
    }

    fn node(&mut self, kind: usize, group: usize, depth: usize) -> usize {
        let ends = self.kinds.nodes[kind].outcome.is_some();
        let outcome = self.groups.nodes[group].outcome.filter(|_| ends);
        let mut branches = [0; 10];
        for (digit, branch) in branches.iter_mut().enumerate() {
            let (kind, group) = self.branch(kind, group, digit);
            *branch = self.write(kind, group, depth + 1);
        }
        // Digits that lead to no number take after the one before them, the first ones after the
        // next.
        let mut last = branches.into_iter().find(|branch| *branch != 0).unwrap_or(0);
        for (branch, kind) in branches.iter_mut().zip(self.kinds.nodes[kind].branches) {
            if kind == 0 {
                *branch = last;
            }
            last = *branch;
        }
        self.builder.node(Node { outcome, branches })
    }
}

/// Any digits, grouped by how many there are.
fn chain(builder: &mut Builder, lengths: &ByLength) -> usize {
    let longest = lengths.iter().filter(|(_, group)| group.is_some()).map(|(length, _)| *length);
    let Some(longest) = longest.max() else { return 0 };
    (0..=longest).rev().fold(0, |next, length| {
        let outcome = lengths.get(&length).copied().flatten();
        builder.node(Node { outcome, branches: [next; 10] })
    })
}
