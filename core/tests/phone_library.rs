//! The compact reader says what the phone library says.
//!
//! Numbers of every region and kind, as they are and with digits and lengths changed, in many
//! spellings and with many default countries, are read by both.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may stop, and says how much it compared"
)]

mod library;

use std::collections::BTreeMap;

use iap_core::phone::{Region, parse};
use library::{Example, examples, grouped, regions};
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

/// How many numbers are compared at least.
const LEAST: usize = 200_000;

/// Variants of each example.
const VARIANTS: usize = 40;

/// The same numbers in every run.
struct Dice(TestRng);

impl Dice {
    fn new() -> Self {
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]))
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.0.next_u32()).unwrap() % end
    }

    fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    fn digit(&mut self) -> char {
        char::from(b'0' + u8::try_from(self.below(10)).unwrap())
    }

    /// The national number with some digits changed, added or left out.
    fn change(&mut self, national: &str, variant: usize) -> String {
        let mut signs: Vec<char> = national.chars().collect();
        if variant == 0 {
            return national.to_owned();
        }
        for _ in 0..self.below(4) {
            let place = self.below(signs.len());
            signs[place] = self.digit();
        }
        match self.below(8) {
            0 => signs.push(self.digit()),
            1 => {
                let place = self.below(signs.len());
                signs.insert(place, self.digit());
            }
            2 if signs.len() > 2 => {
                signs.pop();
            }
            3 => {
                let kept = 1 + self.below(3);
                signs.truncate(kept);
                let more = 2 + self.below(9);
                signs.extend((0..more).map(|_| self.digit()));
            }
            _ => {}
        }
        signs.into_iter().collect()
    }

    /// A way to write the number, and the default country it is read with.
    fn spell(
        &mut self,
        example: &Example,
        national: &str,
        all: &[Region],
    ) -> (String, Option<Region>) {
        let code = &example.code;
        let own = example.region;
        let other = if self.below(3) == 0 { None } else { Some(self.one_of(all)) };
        let default = if self.below(2) == 0 { own } else { other };
        let text = match self.below(12) {
            0..=3 => format!("+{code}{national}"),
            4 => format!("+{code} (0) {national}"),
            5 => format!("00{code}{national}"),
            6 => format!("011 {code} {national}"),
            7 => format!("{code}{national}"),
            8 => format!("0{national}"),
            9 => format!(
                "+{code} {}",
                self.one_of(&["8", "1", "0", "06", "9"]).to_owned() + national
            ),
            10 => format!("{}{national}", self.one_of(&["1", "8", "80", "00", "+00", "9", "01"])),
            _ => national.to_owned(),
        };
        (text, default)
    }
}

#[test]
fn both_read_the_same() {
    let mut dice = Dice::new();
    let all = regions();
    let mut seen = BTreeMap::<&str, usize>::new();
    let mut apart = Vec::new();
    let mut compared = 0;
    while compared < LEAST {
        for example in examples() {
            for variant in 0..VARIANTS {
                let national = dice.change(&example.national, variant);
                let (text, default) = dice.spell(&example, &national, &all);
                let expected = library::parse(&text, default);
                let found = parse(&text, default);
                compared += 1;
                *seen
                    .entry(expected.map_or("refused", |number| number.kind.as_str()))
                    .or_default() += 1;
                if expected.ok() != found.ok() {
                    apart.push((text, default, expected, found));
                }
            }
        }
    }
    println!("{compared} numbers: {seen:?}");
    let shown: Vec<_> = apart.iter().take(40).collect();
    assert!(apart.is_empty(), "{} of {compared}: {shown:#?}", apart.len());
    // The comparison is worth something only if every kind is among what was read.
    assert_eq!(seen.len(), 12, "{seen:?}");
}

#[test]
fn numbers_that_can_be_mobile_are_grouped_alike() {
    let mut dice = Dice::new();
    let (mut mobile, mut others, mut others_apart) = (0, 0, 0);
    let mut apart = Vec::new();
    for example in examples() {
        for variant in 0..VARIANTS {
            let national = dice.change(&example.national, variant);
            let Ok(read) = parse(&format!("+{}{national}", example.code), None) else { continue };
            let (ours, theirs) = (read.number.international().to_string(), grouped(read.number));
            if read.kind.can_be_mobile() {
                mobile += 1;
                if ours != theirs {
                    apart.push((ours, theirs));
                }
            } else {
                others += 1;
                others_apart += usize::from(ours != theirs);
            }
        }
    }
    println!("{mobile} can be mobile; of {others} others {others_apart} are grouped otherwise");
    assert!(apart.is_empty(), "{} of {mobile}: {apart:#?}", apart.len());
    assert!(mobile > 5_000, "{mobile}");
}
