//! All patterns as one acyclic graph over digits, each node once.

use std::collections::HashMap;

use regex::Regex;

use crate::automaton::Automaton;
use crate::dialling::Pool;
use crate::loose::loosen;
use crate::metadata::{Description, Plan};

/// What may stand at the end of a number and where each digit leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Node {
    pub(crate) outcome: Option<u16>,
    pub(crate) branches: [usize; 10],
}

/// The roots of one family, with the nodes below them. Node 0 is the dead one.
#[derive(Debug)]
pub(crate) struct Roots {
    pub(crate) nodes: Vec<Node>,
    pub(crate) roots: Vec<usize>,
}

/// Everything that is stored as a graph.
#[derive(Debug)]
pub(crate) struct Stored {
    /// By calling code: 16 x the place of the region among those of the code + the kind.
    pub(crate) kinds: Roots,
    /// By plan: 0 where the digits look like a number of the plan.
    pub(crate) general: Roots,
    /// By calling code: the place of the grouping.
    pub(crate) groups: Roots,
}

/// E.164 numbers have at most 15 digits.
const E164_DIGITS: usize = 15;

/// The longest national number that the library looks at.
const NATIONAL_DIGITS: usize = 17;

/// The kinds in the order of `Plan::kinds` that are told apart from one another by both matching.
const FIXED_LINE: usize = 8;
const MOBILE: usize = 9;
const FIXED_LINE_OR_MOBILE: usize = 10;

type Outcome<'a> = dyn FnMut(&[Automaton], &[u32], &[u8]) -> Option<u16> + 'a;

/// Builds one family.
#[derive(Default)]
pub(crate) struct Builder {
    nodes: Vec<Node>,
    ids: HashMap<Node, usize>,
}

impl Builder {
    /// The place of a node, which is added if it is new.
    pub(crate) fn node(&mut self, node: Node) -> usize {
        if let Some(id) = self.ids.get(&node) {
            return *id;
        }
        let id = self.nodes.len();
        self.nodes.push(node.clone());
        self.ids.insert(node, id);
        id
    }

    /// The root of all numbers of at most `longest` digits.
    fn root(
        &mut self,
        automata: &mut [Automaton],
        longest: usize,
        outcome: &mut Outcome<'_>,
    ) -> usize {
        let dead = Node { outcome: None, branches: [0; 10] };
        assert_eq!(self.node(dead), 0, "the dead node is the first");
        let start = vec![Automaton::START; automata.len()];
        let mut known = HashMap::new();
        self.walk(automata, &start, &mut Vec::new(), longest, outcome, &mut known)
    }

    fn walk(
        &mut self,
        automata: &mut [Automaton],
        states: &[u32],
        path: &mut Vec<u8>,
        longest: usize,
        outcome: &mut Outcome<'_>,
        known: &mut HashMap<(Vec<u32>, usize), usize>,
    ) -> usize {
        let key = (states.to_vec(), path.len());
        if let Some(id) = known.get(&key) {
            return *id;
        }
        let mut node = Node { outcome: outcome(automata, states, path), branches: [0; 10] };
        if path.len() < longest && states.iter().any(|state| *state != 0) {
            for digit in 0..10_u8 {
                let next: Vec<u32> = automata
                    .iter_mut()
                    .zip(states)
                    .map(|(automaton, state)| automaton.step(*state, digit))
                    .collect();
                path.push(b'0' + digit);
                let branch = self.walk(automata, &next, path, longest, outcome, known);
                path.pop();
                node.branches[usize::from(digit)] = branch;
            }
        }
        let id = self.node(node);
        known.insert(key, id);
        id
    }
}

/// Builds all graphs. The groupings met are added to `groupings`.
pub(crate) fn store(plans: &[Plan], groupings: &mut Pool) -> Stored {
    let by_code: Vec<&[Plan]> = plans.chunk_by(|a, b| a.code == b.code).collect();
    let build = |root: &mut dyn FnMut(&mut Builder) -> Vec<usize>| {
        let mut builder = Builder::default();
        let roots = root(&mut builder);
        Roots { nodes: builder.nodes, roots }
    };
    let kinds = build(&mut |builder| by_code.iter().map(|plans| kinds(builder, plans)).collect());
    let general = build(&mut |builder| plans.iter().map(|plan| general(builder, plan)).collect());
    let exact = build(&mut |builder| {
        by_code.iter().map(|plans| groups(builder, plans, groupings)).collect()
    });
    let groups = build(&mut |builder| {
        let roots = kinds.roots.iter().zip(&exact.roots);
        roots
            .map(|(kinds_root, root)| loosen(builder, &kinds, *kinds_root, &exact, *root))
            .collect()
    });
    Stored { kinds, general, groups }
}

/// The general description alone. Lengths are not looked at, as in the library.
fn general(builder: &mut Builder, plan: &Plan) -> usize {
    let mut automata = [Automaton::whole(&plan.general.pattern)];
    builder.root(&mut automata, NATIONAL_DIGITS, &mut |automata, states, _| {
        automata[0].accepts(states[0]).then_some(0)
    })
}

/// The automata of one plan among those of its calling code.
struct Places<'a> {
    leading: Option<usize>,
    general: (usize, &'a Description),
    kinds: Vec<Option<(usize, &'a Description)>>,
    fixed_is_mobile: bool,
}

/// Region and kind of the numbers of a calling code, decided as the library decides it: the
/// first region whose leading digits match, or one of whose kinds does.
fn kinds(builder: &mut Builder, plans: &[Plan]) -> usize {
    let mut automata = Vec::new();
    let mut add = |automaton: Automaton| {
        automata.push(automaton);
        automata.len() - 1
    };
    let shared = plans.len() > 1;
    let places: Vec<Places<'_>> = plans
        .iter()
        .map(|plan| Places {
            leading: plan
                .leading_digits
                .as_deref()
                .filter(|_| shared)
                .map(|pattern| add(Automaton::beginning(pattern))),
            general: (add(Automaton::whole(&plan.general.pattern)), &plan.general),
            kinds: plan
                .kinds
                .iter()
                .map(|kind| {
                    let kind = kind.as_ref().filter(|kind| !kind.none)?;
                    Some((add(Automaton::whole(&kind.pattern)), kind))
                })
                .collect(),
            fixed_is_mobile: plan.fixed_is_mobile,
        })
        .collect();
    let longest = E164_DIGITS - plans[0].code.to_string().len();
    builder.root(&mut automata, longest, &mut |automata, states, path| {
        places.iter().enumerate().find_map(|(region, places)| {
            let matches = |(automaton, description): (usize, &Description)| {
                let length_fits =
                    description.lengths == 0 || description.lengths >> path.len() & 1 == 1;
                length_fits && automata[automaton].accepts(states[automaton])
            };
            let kind = if matches(places.general) { kind(places, matches) } else { None };
            let leads = places.leading.is_some_and(|place| automata[place].accepts(states[place]));
            (leads || kind.is_some())
                .then(|| kind.map(|kind| u16::try_from(16 * region + kind).expect("few regions")))
        })?
    })
}

fn kind(places: &Places<'_>, matches: impl Fn((usize, &Description)) -> bool) -> Option<usize> {
    let has = |kind: usize| places.kinds[kind].is_some_and(&matches);
    if let Some(kind) = (0..FIXED_LINE).find(|kind| has(*kind)) {
        return Some(kind);
    }
    if has(FIXED_LINE) {
        let both = places.fixed_is_mobile || has(MOBILE);
        return Some(if both { FIXED_LINE_OR_MOBILE } else { FIXED_LINE });
    }
    (!places.fixed_is_mobile && has(MOBILE)).then_some(MOBILE)
}

/// How the numbers of a calling code are grouped: by the rules of its main country.
fn groups(builder: &mut Builder, plans: &[Plan], groupings: &mut Pool) -> usize {
    let formats = &plans[0].formats;
    let mut automata: Vec<Automaton> = formats
        .iter()
        .flat_map(|format| {
            let leading = format.leading_digits.as_deref().unwrap_or("");
            [Automaton::beginning(leading), Automaton::whole(&format.pattern)]
        })
        .collect();
    let patterns: Vec<Regex> = formats
        .iter()
        .map(|format| {
            Regex::new(&format!("^(?:{})$", format.pattern)).expect("the metadata hold patterns")
        })
        .collect();
    let lengths = plans.iter().fold(0, |set, plan| set | plan.general.lengths);
    let longest = E164_DIGITS - plans[0].code.to_string().len();
    builder.root(&mut automata, longest, &mut |automata, states, path| {
        if lengths >> path.len() & 1 == 0 {
            return None;
        }
        let place = (0..formats.len()).find(|place| {
            [2 * place, 2 * place + 1]
                .into_iter()
                .all(|place| automata[place].accepts(states[place]))
        })?;
        let digits = std::str::from_utf8(path).expect("digits are text");
        let grouped = patterns[place].replace(digits, formats[place].groups.as_str());
        grouping(digits, &grouped)
            .map(|grouping| u16::try_from(groupings.place(&grouping)).expect("few groupings"))
    })
}

/// `470 12-34` as `3 2-2`: the sizes of the groups and what stands between them. None where
/// there is only one group.
fn grouping(digits: &str, grouped: &str) -> Option<String> {
    let kept: String = grouped.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(kept, digits, "grouping keeps the digits");
    let mut text = String::new();
    let mut size = 0;
    for sign in grouped.chars() {
        if sign.is_ascii_digit() {
            size += 1;
        } else {
            if size > 0 {
                text.push_str(&size.to_string());
            }
            text.push(sign);
            size = 0;
        }
    }
    if text.is_empty() {
        return None;
    }
    text.push_str(&size.to_string());
    Some(text)
}
