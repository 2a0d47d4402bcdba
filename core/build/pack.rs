//! Writes the plans and graphs, and reads them again to compare.

use std::collections::{HashMap, HashSet};

use crate::graph::{Node, Roots, Stored};
use crate::packed::graph::{FIRST_OUTCOMES, take_recent};
use crate::packed::{
    Branch, CONTEXTS, Chance, Coder, Decoder, Family, Graph, GraphReader, Numbers, context,
};

/// What is stored of a plan beside its graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) region: String,
    pub(crate) code: u32,
    /// Place in the list of prefixes.
    pub(crate) prefix: u32,
    /// Place in the list of international prefixes.
    pub(crate) international: u32,
    pub(crate) lengths: u32,
    pub(crate) local: u32,
}

/// The writing side of the arithmetic coder.
struct Encoder {
    low: u32,
    high: u32,
    chances: Vec<Chance>,
    output: Vec<u8>,
}

impl Encoder {
    fn new() -> Self {
        Self { low: 0, high: u32::MAX, chances: vec![Chance::NEW; CONTEXTS], output: Vec::new() }
    }

    fn finish(mut self) -> Vec<u8> {
        // The reader takes zeros behind the end, so one byte above `low` names the range.
        if self.low > 0 {
            self.output.push((self.low >> 24) as u8 + 1);
        }
        self.output
    }
}

impl Coder for Encoder {
    fn bit(&mut self, context: usize, bit: bool) -> bool {
        let chance = &mut self.chances[context];
        let middle = chance.split(self.low, self.high);
        chance.learn(bit);
        if bit {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
        while (self.low ^ self.high) >> 24 == 0 {
            self.output.push((self.high >> 24) as u8);
            self.low <<= 8;
            self.high = self.high << 8 | 0xff;
        }
        bit
    }
}

/// Packs everything: first the plans, then the three families of graphs.
pub(crate) fn pack(rows: &[Row], stored: &Stored) -> Vec<u8> {
    let mut encoder = Encoder::new();
    let mut code = 0;
    for row in rows {
        code = encoder.number(context::column(0), row.code - code) + code;
        for (column, letter) in row.region.bytes().take(2).enumerate() {
            encoder.number(context::column(1 + column), u32::from(letter - b'0'));
        }
        encoder.number(context::column(3), row.prefix);
        encoder.number(context::column(4), row.international);
        for (set, lengths) in [row.lengths, row.local].into_iter().enumerate() {
            let mut before = false;
            for length in 0..=17 {
                let bit = lengths >> length & 1 == 1;
                encoder.bit(context::length(set, length, before), bit);
                before = bit;
            }
            assert_eq!(lengths >> 18, 0, "no length is above 17");
        }
    }
    GraphWriter::new(&mut encoder, &stored.kinds, Family::Kinds).write();
    GraphWriter::new(&mut encoder, &stored.general, Family::General).write();
    GraphWriter::new(&mut encoder, &stored.groups, Family::Groups).write();
    encoder.finish()
}

/// Writes the roots of one family: the mirror image of `GraphReader`.
struct GraphWriter<'a> {
    encoder: &'a mut Encoder,
    stored: &'a Roots,
    family: Family,
    /// For a node from which any digits lead to an outcome: how many, and which.
    runs: HashMap<usize, (usize, u16)>,
    nodes: Vec<usize>,
    outcomes: Vec<u16>,
    lengths: Vec<u32>,
}

impl<'a> GraphWriter<'a> {
    fn new(encoder: &'a mut Encoder, stored: &'a Roots, family: Family) -> Self {
        let mut runs = HashMap::new();
        // Nodes come after those they lead to.
        for (id, node) in stored.nodes.iter().enumerate().skip(1) {
            let Node { outcome, branches } = node;
            if let (Some(outcome), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]) = (outcome, branches) {
                runs.insert(id, (0, *outcome));
            } else if let (None, Some((left, outcome))) = (outcome, runs.get(&branches[0]).copied())
                && branches.iter().all(|branch| *branch == branches[0])
            {
                runs.insert(id, (left + 1, outcome));
            }
        }
        let (nodes, outcomes, lengths) = (Vec::new(), Vec::new(), Vec::new());
        Self { encoder, stored, family, runs, nodes, outcomes, lengths }
    }

    fn write(&mut self) {
        for root in &self.stored.roots {
            self.outcomes = (0..FIRST_OUTCOMES).rev().collect();
            self.lengths.clear();
            self.branch(*root, &[], Branch::First, 0);
        }
    }

    fn node(&mut self, id: usize, depth: usize) {
        let Node { outcome, branches } = &self.stored.nodes[id];
        self.encoder.bit(context::ends(self.family, depth), outcome.is_some());
        if let Some(outcome) = outcome {
            self.outcome(Numbers::Outcome, *outcome);
        }
        let mut before = Branch::First;
        for (digit, branch) in branches.iter().enumerate() {
            if digit > 0 {
                let same = *branch == branches[digit - 1];
                self.encoder.bit(context::same(self.family, before, digit, depth), same);
                if same {
                    continue;
                }
            }
            before = self.branch(*branch, &branches[..digit], before, depth);
        }
        self.nodes.push(id);
    }

    fn branch(&mut self, id: usize, earlier: &[usize], before: Branch, depth: usize) -> Branch {
        let family = self.family;
        let mut choices = Vec::new();
        for branch in earlier.iter().rev() {
            if *branch != 0 && earlier.last() != Some(branch) && !choices.contains(branch) {
                choices.push(*branch);
            }
        }
        if !choices.is_empty() {
            let index = choices.iter().position(|choice| *choice == id);
            let context = context::earlier(family, before, choices.len(), depth);
            self.encoder.bit(context, index.is_some());
            if let Some(index) = index {
                self.number(Numbers::Earlier, index);
                return Branch::Seen;
            }
        }
        if before != Branch::Dead {
            let context = context::dead(family, before, depth, earlier.is_empty());
            if self.encoder.bit(context, id == 0) {
                return Branch::Dead;
            }
        }
        let run = self.runs.get(&id).copied();
        let context = context::run(family, before, depth, choices.is_empty());
        self.encoder.bit(context, run.is_some());
        if let Some((left, outcome)) = run {
            self.length(depth + 1 + left);
            self.outcome(Numbers::RunOutcome, outcome);
            return Branch::Run;
        }
        let index = self.nodes.iter().rev().position(|known| *known == id);
        self.encoder.bit(context::new(family, before, depth), index.is_none());
        if let Some(index) = index {
            self.number(Numbers::Node(depth), index);
            take_recent(&mut self.nodes, index);
            return Branch::Seen;
        }
        self.node(id, depth + 1);
        Branch::New
    }

    fn number(&mut self, sort: Numbers, value: usize) {
        let value = u32::try_from(value).expect("numbers are small");
        assert!(value < 65_535, "numbers are small");
        self.encoder.number(context::number(self.family, sort), value);
    }

    fn outcome(&mut self, sort: Numbers, outcome: u16) {
        let index = self.outcomes.iter().rev().position(|known| *known == outcome);
        self.number(sort, index.unwrap_or(self.outcomes.len()));
        if let Some(index) = index {
            take_recent(&mut self.outcomes, index);
        } else {
            self.number(Numbers::NewOutcome, usize::from(outcome));
            self.outcomes.push(outcome);
        }
    }

    fn length(&mut self, length: usize) {
        let length = u32::try_from(length).expect("numbers are short");
        let index = self.lengths.iter().rev().position(|known| *known == length);
        self.number(Numbers::Length, index.unwrap_or(self.lengths.len()));
        if let Some(index) = index {
            take_recent(&mut self.lengths, index);
        } else {
            self.encoder.number(context::number(self.family, Numbers::NewLength), length);
            self.lengths.push(length);
        }
    }
}

/// Reads `packed` as the library will, and stops the build where anything differs.
pub(crate) fn check(packed: &[u8], rows: &[Row], stored: &Stored) {
    let mut decoder = Decoder::new(packed);
    let mut code = 0;
    for row in rows {
        code += decoder.number(context::column(0), 0);
        let mut letters = String::new();
        for column in 0..2 {
            let letter = decoder.number(context::column(1 + column), 0);
            letters.push(char::from(b'0' + u8::try_from(letter).expect("a letter is small")));
        }
        assert!(code == row.code && row.region.starts_with(&letters), "{row:?}");
        assert_eq!(decoder.number(context::column(3), 0), row.prefix, "{row:?}");
        assert_eq!(decoder.number(context::column(4), 0), row.international, "{row:?}");
        for (set, lengths) in [row.lengths, row.local].into_iter().enumerate() {
            let mut before = false;
            for length in 0..=17 {
                before = decoder.bit(context::length(set, length, before), false);
                assert_eq!(before, lengths >> length & 1 == 1, "{row:?}");
            }
        }
    }
    let mut graph = Graph::new();
    let families = [
        (Family::Kinds, &stored.kinds),
        (Family::General, &stored.general),
        (Family::Groups, &stored.groups),
    ];
    for (family, roots) in families {
        let mut reader = GraphReader::new(&mut decoder, &mut graph, family);
        let read: Vec<u16> = roots.roots.iter().map(|_| reader.root()).collect();
        for (root, id) in roots.roots.iter().zip(read) {
            compare(&roots.nodes, *root, &graph, id, &mut Vec::new(), &mut HashSet::new());
        }
    }
}

fn compare(
    nodes: &[Node],
    node: usize,
    graph: &Graph,
    id: u16,
    path: &mut Vec<u8>,
    known: &mut HashSet<usize>,
) {
    if !known.insert(node) {
        return;
    }
    assert_eq!(nodes[node].outcome, graph.outcome(id, path), "at {path:?}");
    for digit in 0..10_u8 {
        path.push(b'0' + digit);
        let branch = nodes[node].branches[usize::from(digit)];
        if branch == 0 {
            assert_eq!(graph.outcome(id, path), None, "at {path:?}");
        } else {
            compare(nodes, branch, graph, id, path, known);
        }
        path.pop();
    }
}
