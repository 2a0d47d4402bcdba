//! The search for the longest prefix.

use alloc::vec::Vec;

use super::card::DuplicateRate;
use super::{Date, Prefix, Rate};
use crate::sort::sorted;

/// The rates of a card by prefix and day.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Each prefix once, sorted.
    nodes: Vec<Node>,
    /// Sorted by prefix, then by day; those of one prefix stand together.
    entries: Vec<Entry>,
}

/// A prefix that has rates.
#[derive(Clone, Debug)]
struct Node {
    prefix: Prefix,
    /// The longest other prefix that this one begins with.
    parent: Option<u32>,
    /// Where its entries begin and end.
    first: u32,
    end: u32,
}

/// A rate under one of its prefixes. Sorting is by all fields, in this order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    prefix: Prefix,
    valid_from: Date,
    /// Where the rate stands in the card.
    rate: u32,
}

impl Index {
    /// Sorts the rates. Those beyond `u32` are left out; a card holds far fewer.
    pub(super) fn new(rates: &[Rate]) -> Self {
        let mut entries = Vec::new();
        for (position, rate) in (0_u32..).zip(rates) {
            let valid_from = rate.valid_from();
            for prefix in rate.prefixes() {
                entries.push(Entry { prefix, valid_from, rate: position });
            }
        }
        let entries = sorted(entries, &Ord::cmp);
        let mut nodes: Vec<Node> = Vec::new();
        for (position, entry) in (0_u32..).zip(&entries) {
            match nodes.last_mut() {
                Some(node) if node.prefix == entry.prefix => node.end = position + 1,
                _ => {
                    let parent = parent(&nodes, entry.prefix);
                    let (first, end) = (position, position + 1);
                    nodes.push(Node { prefix: entry.prefix, parent, first, end });
                }
            }
        }
        Self { nodes, entries }
    }

    /// The rates, of so many, that stand under the same prefix and day as an earlier one.
    pub(super) fn duplicates(&self, rates: usize) -> impl Iterator<Item = DuplicateRate> {
        let mut told = alloc::vec![false; rates];
        self.entries.windows(2).filter_map(move |pair| {
            let [first, second] = pair else { return None };
            let same = first.prefix == second.prefix && first.valid_from == second.valid_from;
            let at = |entry: &Entry| usize::try_from(entry.rate).ok();
            let told = told.get_mut(at(second)?)?;
            // Two rates for one country collide at each of its prefixes: tell it once.
            (same && !core::mem::replace(told, true)).then_some(DuplicateRate {
                first: at(first)?,
                second: at(second)?,
                prefix: second.prefix,
                valid_from: second.valid_from,
            })
        })
    }

    /// The longest prefix of `digits` with a rate valid on a day, and where that rate stands.
    pub(super) fn find(&self, digits: Prefix, on: Date) -> Option<(Prefix, usize)> {
        let mut next = last_not_after(&self.nodes, digits);
        // What sorts right before the digits need not be a prefix of them (441 before 4420), but
        // the longest one that is one has to be a prefix of that, too: follow the parents.
        while let Some(node) = next {
            if digits.starts_with(node.prefix)
                && let Some(rate) = self.newest(node, on)
            {
                return Some((node.prefix, rate));
            }
            next = node.parent.and_then(|parent| self.nodes.get(usize::try_from(parent).ok()?));
        }
        None
    }

    /// The newest rate of a prefix that is valid on a day.
    fn newest(&self, node: &Node, on: Date) -> Option<usize> {
        let range = usize::try_from(node.first).ok()?..usize::try_from(node.end).ok()?;
        let entry = self.entries.get(range)?.iter().rev().find(|entry| entry.valid_from <= on)?;
        usize::try_from(entry.rate).ok()
    }
}

/// The node that sorts last among those not after the digits.
fn last_not_after(nodes: &[Node], digits: Prefix) -> Option<&Node> {
    let after = nodes.partition_point(|node| node.prefix <= digits);
    nodes.get(after.checked_sub(1)?)
}

/// The longest prefix of a prefix that sorts after all nodes.
fn parent(nodes: &[Node], prefix: Prefix) -> Option<u32> {
    let mut candidate = u32::try_from(nodes.len()).ok()?.checked_sub(1);
    while let Some(position) = candidate {
        let node = nodes.get(usize::try_from(position).ok()?)?;
        if prefix.starts_with(node.prefix) {
            return Some(position);
        }
        candidate = node.parent;
    }
    None
}
