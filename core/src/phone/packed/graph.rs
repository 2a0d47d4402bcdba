//! The graph over digits that all numbering plans share.

use alloc::vec;
use alloc::vec::Vec;

use super::{Branch, Coder, Decoder, Family, Numbers, context};

/// The outcomes a reader expects before it has seen any: 0 up to, but without, this one.
pub(crate) const FIRST_OUTCOMES: u16 = 11;

/// An acyclic graph: from a root, one branch a digit; where a number may end stands an outcome.
#[derive(Debug)]
pub(crate) struct Graph {
    branches: Vec<[u16; 10]>,
    outcomes: Vec<Option<u16>>,
}

impl Graph {
    /// Only the dead node, which has number 0.
    pub(crate) fn new() -> Self {
        Self { branches: vec![[0; 10]], outcomes: vec![None] }
    }

    /// The outcome of `digits` (ASCII) from the node `root`; none where they lead nowhere.
    pub(crate) fn outcome(&self, root: u16, digits: &[u8]) -> Option<u16> {
        let mut node = root;
        for digit in digits {
            let branch = usize::from(digit.checked_sub(b'0')?);
            node = *self.branches.get(usize::from(node))?.get(branch)?;
        }
        *self.outcomes.get(usize::from(node))?
    }

    fn add(&mut self, outcome: Option<u16>, branches: [u16; 10]) -> u16 {
        // More nodes than fit are refused by the build script.
        let id = u16::try_from(self.branches.len()).unwrap_or(0);
        self.branches.push(branches);
        self.outcomes.push(outcome);
        id
    }
}

/// Takes the entry `index` places from the end and moves it to the end.
pub(crate) fn take_recent<T: Copy>(list: &mut Vec<T>, index: usize) -> Option<T> {
    let place = list.len().checked_sub(index)?.checked_sub(1)?;
    let entry = *list.get(place)?;
    list.remove(place);
    list.push(entry);
    Some(entry)
}

/// Reads the roots of one family.
pub(crate) struct GraphReader<'r, 'a> {
    decoder: &'r mut Decoder<'a>,
    graph: &'r mut Graph,
    family: Family,
    /// For each outcome the nodes from which 0, 1, 2 … digits lead to it.
    runs: Vec<(u16, Vec<u16>)>,
    nodes: Vec<u16>,
    outcomes: Vec<u16>,
    lengths: Vec<u32>,
}

impl<'r, 'a> GraphReader<'r, 'a> {
    /// Reads from `decoder` into `graph`.
    pub(crate) fn new(decoder: &'r mut Decoder<'a>, graph: &'r mut Graph, family: Family) -> Self {
        Self {
            decoder,
            graph,
            family,
            runs: Vec::new(),
            nodes: Vec::new(),
            outcomes: Vec::new(),
            lengths: Vec::new(),
        }
    }

    /// Reads the next root.
    pub(crate) fn root(&mut self) -> u16 {
        self.outcomes = (0..FIRST_OUTCOMES).rev().collect();
        self.lengths.clear();
        self.branch(&[], Branch::First, 0).0
    }

    /// Reads a node that `depth` digits lead to.
    fn node(&mut self, depth: usize) -> u16 {
        let ends = self.decoder.bit(context::ends(self.family, depth), false);
        let outcome = ends.then(|| self.outcome(Numbers::Outcome));
        let mut branches = Vec::with_capacity(10);
        let mut before = Branch::First;
        for digit in 0..10 {
            if let Some(&last) = branches.last()
                && self.decoder.bit(context::same(self.family, before, digit, depth), false)
            {
                branches.push(last);
                continue;
            }
            let (branch, kind) = self.branch(&branches, before, depth);
            branches.push(branch);
            before = kind;
        }
        let id = self.graph.add(outcome, branches.try_into().unwrap_or_default());
        self.nodes.push(id);
        id
    }

    /// Reads where the branch after `earlier` leads.
    fn branch(&mut self, earlier: &[u16], before: Branch, depth: usize) -> (u16, Branch) {
        let mut choices: Vec<u16> = Vec::new();
        for &branch in earlier.iter().rev() {
            if branch != 0 && earlier.last() != Some(&branch) && !choices.contains(&branch) {
                choices.push(branch);
            }
        }
        if !choices.is_empty()
            && self.decoder.bit(context::earlier(self.family, before, choices.len(), depth), false)
        {
            let index = self.number(Numbers::Earlier);
            return (choices.get(index).copied().unwrap_or(0), Branch::Seen);
        }
        if before != Branch::Dead
            && self
                .decoder
                .bit(context::dead(self.family, before, depth, earlier.is_empty()), false)
        {
            return (0, Branch::Dead);
        }
        if self.decoder.bit(context::run(self.family, before, depth, choices.is_empty()), false) {
            let length = self.length();
            let outcome = self.outcome(Numbers::RunOutcome);
            return (self.run(length.saturating_sub(depth + 1), outcome), Branch::Run);
        }
        // A stream that is not ours must not exhaust the stack; no number is this long.
        if depth < 32 && self.decoder.bit(context::new(self.family, before, depth), false) {
            return (self.node(depth + 1), Branch::New);
        }
        let index = self.number(Numbers::Node(depth));
        (take_recent(&mut self.nodes, index).unwrap_or(0), Branch::Seen)
    }

    fn number(&mut self, sort: Numbers) -> usize {
        let number = self.decoder.number(context::number(self.family, sort), 0);
        usize::try_from(number).unwrap_or(0)
    }

    fn outcome(&mut self, sort: Numbers) -> u16 {
        let index = self.number(sort);
        if let Some(outcome) = take_recent(&mut self.outcomes, index) {
            return outcome;
        }
        let outcome = u16::try_from(self.number(Numbers::NewOutcome)).unwrap_or(0);
        self.outcomes.push(outcome);
        outcome
    }

    /// The length of the whole number, not only of what is left of it: it changes less.
    fn length(&mut self) -> usize {
        let index = self.number(Numbers::Length);
        let length = take_recent(&mut self.lengths, index).unwrap_or_else(|| {
            let length = self.decoder.number(context::number(self.family, Numbers::NewLength), 0);
            self.lengths.push(length);
            length
        });
        usize::try_from(length).unwrap_or(0).min(32)
    }

    /// The node from which any `left` digits lead to `outcome`.
    fn run(&mut self, left: usize, outcome: u16) -> u16 {
        let place = self.runs.iter().position(|(known, _)| *known == outcome);
        let place = place.unwrap_or_else(|| {
            self.runs.push((outcome, Vec::new()));
            self.runs.len() - 1
        });
        let Some((_, nodes)) = self.runs.get_mut(place) else { return 0 };
        while nodes.len() <= left {
            let id = match nodes.last() {
                None => self.graph.add(Some(outcome), [0; 10]),
                Some(&last) => self.graph.add(None, [last; 10]),
            };
            nodes.push(id);
        }
        nodes.get(left).copied().unwrap_or(0)
    }
}
