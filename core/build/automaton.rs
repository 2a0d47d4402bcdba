//! Patterns over digits as automata.

use std::collections::HashMap;

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

/// A deterministic automaton that is made as far as it is walked. State 0 is dead.
#[derive(Debug)]
pub(crate) struct Automaton {
    /// For each place of the pattern where one goes on: without a digit, and with one.
    free: Vec<Vec<usize>>,
    steps: Vec<Vec<(u16, usize)>>,
    end: usize,
    states: Vec<Vec<usize>>,
    ids: HashMap<Vec<usize>, u32>,
    next: HashMap<(u32, u8), u32>,
}

/// Parses a pattern over ASCII.
pub(crate) fn parse(pattern: &str) -> Hir {
    ParserBuilder::new()
        .unicode(false)
        .utf8(false)
        .build()
        .parse(pattern)
        .unwrap_or_else(|error| panic!("the metadata hold a pattern that is none: {error}"))
}

/// The digits of a class, bit n for digit n.
pub(crate) fn digits(class: &Class) -> u16 {
    (0..10)
        .filter(|digit| {
            let byte = b'0' + digit;
            match class {
                Class::Bytes(set) => {
                    set.iter().any(|range| (range.start()..=range.end()).contains(&byte))
                }
                Class::Unicode(set) => set
                    .iter()
                    .any(|range| (range.start()..=range.end()).contains(&char::from(byte))),
            }
        })
        .fold(0, |set, digit| set | 1 << digit)
}

impl Automaton {
    /// The start of every automaton that matches anything.
    pub(crate) const START: u32 = 1;

    /// Of a whole national number.
    pub(crate) fn whole(pattern: &str) -> Self {
        Self::new(&parse(pattern))
    }

    /// Of how a national number begins.
    pub(crate) fn beginning(pattern: &str) -> Self {
        Self::new(&parse(&format!("(?:{pattern})[0-9]*")))
    }

    fn new(pattern: &Hir) -> Self {
        let mut automaton = Self {
            free: vec![Vec::new()],
            steps: vec![Vec::new()],
            end: 0,
            states: vec![Vec::new()],
            ids: HashMap::from([(Vec::new(), 0)]),
            next: HashMap::new(),
        };
        automaton.end = automaton.add(pattern, 0);
        let start = automaton.closure(vec![0]);
        automaton.state(start);
        automaton
    }

    fn place(&mut self) -> usize {
        self.free.push(Vec::new());
        self.steps.push(Vec::new());
        self.free.len() - 1
    }

    fn step_to(&mut self, from: usize, digits: u16) -> usize {
        let to = self.place();
        self.steps[from].push((digits, to));
        to
    }

    /// Adds `pattern` behind `from` and says where it ends.
    fn add(&mut self, pattern: &Hir, from: usize) -> usize {
        match pattern.kind() {
            HirKind::Empty => from,
            HirKind::Literal(literal) => literal.0.iter().fold(from, |from, byte| {
                assert!(byte.is_ascii_digit(), "a pattern over digits holds {byte}");
                self.step_to(from, 1 << (byte - b'0'))
            }),
            HirKind::Class(class) => self.step_to(from, digits(class)),
            HirKind::Capture(capture) => self.add(&capture.sub, from),
            HirKind::Concat(parts) => parts.iter().fold(from, |from, part| self.add(part, from)),
            HirKind::Alternation(choices) => {
                let end = self.place();
                for choice in choices {
                    let start = self.place();
                    self.free[from].push(start);
                    let last = self.add(choice, start);
                    self.free[last].push(end);
                }
                end
            }
            HirKind::Repetition(repetition) => {
                let mut at = from;
                for _ in 0..repetition.min {
                    at = self.add(&repetition.sub, at);
                }
                let end = self.place();
                if let Some(max) = repetition.max {
                    for _ in repetition.min..max {
                        self.free[at].push(end);
                        at = self.add(&repetition.sub, at);
                    }
                } else {
                    let round = self.place();
                    self.free[at].push(round);
                    at = self.add(&repetition.sub, round);
                    self.free[at].push(round);
                    self.free[round].push(end);
                    return end;
                }
                self.free[at].push(end);
                end
            }
            HirKind::Look(look) => panic!("a pattern of numbers looks around: {look:?}"),
        }
    }

    fn closure(&self, mut places: Vec<usize>) -> Vec<usize> {
        let mut open = places.clone();
        while let Some(place) = open.pop() {
            for &next in &self.free[place] {
                if !places.contains(&next) {
                    places.push(next);
                    open.push(next);
                }
            }
        }
        // Places one only passes through would tell equal states apart.
        places.retain(|place| !self.steps[*place].is_empty() || *place == self.end);
        places.sort_unstable();
        places
    }

    fn state(&mut self, places: Vec<usize>) -> u32 {
        if let Some(id) = self.ids.get(&places) {
            return *id;
        }
        let id = u32::try_from(self.states.len()).expect("a pattern has few states");
        self.states.push(places.clone());
        self.ids.insert(places, id);
        id
    }

    /// Where `digit` leads.
    pub(crate) fn step(&mut self, state: u32, digit: u8) -> u32 {
        if state == 0 {
            return 0;
        }
        if let Some(next) = self.next.get(&(state, digit)) {
            return *next;
        }
        let mut places = Vec::new();
        for place in &self.states[state as usize] {
            for (digits, next) in &self.steps[*place] {
                if digits >> digit & 1 == 1 && !places.contains(next) {
                    places.push(*next);
                }
            }
        }
        let places = self.closure(places);
        let next = self.state(places);
        self.next.insert((state, digit), next);
        next
    }

    /// Whether the pattern matches what led here.
    pub(crate) fn accepts(&self, state: u32) -> bool {
        self.states[state as usize].contains(&self.end)
    }
}
