//! What must hold for every template.
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may stop"
)]
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::ops::Range;

use iap_core::sms::template::{Tally, Template};
use iap_core::sms::{self, CountOptions, Encoding};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

/// Texts in which braces and names meet often.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{{".to_owned()),
        Just("}}".to_owned()),
        "[{}]",
        "[ab_.1 \t\n\u{a0}é]",
        "[{]{2}[ ]?[ab][.]?[ab]?[ ]?[}]{2}",
        ".",
    ];
    vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

fn values() -> impl Strategy<Value = BTreeMap<String, String>> {
    btree_map("[ab]([.][ab])?", "[{}a€é🎉]{0,9}", 0..6)
}

/// The slow twin: tries every stretch of text from the left.
fn find_slowly(text: &str) -> Vec<(Range<usize>, &str)> {
    let is_word = |word: &str| {
        let mut characters = word.chars();
        characters.next().is_some_and(|c| c == '_' || c.is_ascii_alphabetic())
            && characters.all(|c| c == '_' || c.is_ascii_alphanumeric())
    };
    let mut found = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = (start..=text.len()).find(|&end| {
            text.get(start..end)
                .and_then(|inside| inside.strip_prefix("{{")?.strip_suffix("}}"))
                .is_some_and(|name| name.trim().split('.').all(is_word))
        });
        if let Some(end) = end {
            found.push((start..end, text[start + 2..end - 2].trim()));
            start = end;
        } else {
            start += 1;
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn placeholders_are_the_slow_twins(text in texts()) {
        let template = Template::parse(&text);
        let found: Vec<_> =
            template.placeholders().iter().map(|p| (p.range.clone(), p.field)).collect();
        prop_assert_eq!(&found, &find_slowly(&text));
        let mut fields: Vec<&str> = Vec::new();
        for (_, field) in found {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        prop_assert_eq!(template.fields(), fields);
    }

    #[test]
    fn a_text_without_placeholders_renders_as_itself(text in "[^{]{0,40}|[{][^{]{0,40}") {
        prop_assert_eq!(Template::parse(&text).render(|_| Some("x")), text);
    }

    #[test]
    fn placeholders_as_their_own_values_give_the_text_back(text in texts()) {
        let template = Template::parse(&text);
        let mut places = template.placeholders().iter();
        let rendered = template.render(|_| Some(&text[places.next().unwrap().range.clone()]));
        prop_assert_eq!(rendered, text);
    }

    #[test]
    fn a_preview_is_the_render_and_leads_back(
        text in texts(), values in values(), from in 0_usize..60, length in 0_usize..60,
    ) {
        let template = Template::parse(&text);
        let preview = template.preview(|field| values.get(field));
        prop_assert_eq!(&preview.text, &template.render(|field| values.get(field)));
        let whole = preview.source(0..preview.text.len());
        let (mut rendered, mut source) = (0, 0);
        for span in &preview.spans {
            prop_assert_eq!(span.rendered.start, rendered);
            prop_assert_eq!(span.source.start, source);
            (rendered, source) = (span.rendered.end, span.source.end);
        }
        prop_assert_eq!((rendered, source), (preview.text.len(), text.len()));
        prop_assert!(whole.end <= text.len());

        // A range leads to a range, and one within it that is not empty never to more.
        let outer = preview.source(from..from + length);
        prop_assert!(outer.start <= outer.end && outer.end <= text.len());
        if length > 2 && from + 1 < preview.text.len() {
            let inner = preview.source(from + 1..from + length - 1);
            prop_assert!(outer.start <= inner.start && inner.end <= outer.end);
        }
        if let Some(exact) = preview.text.get(from..from + length)
            && !exact.is_empty()
            && preview.spans.iter().any(|span| {
                span.placeholder.is_none()
                    && span.rendered.start <= from
                    && from + length <= span.rendered.end
            })
        {
            prop_assert_eq!(&text[outer], exact);
        }
    }

    #[test]
    fn a_tally_is_the_sum_of_single_counts(
        text in texts(), recipients in vec(values(), 0..12), national: bool,
    ) {
        let mut options = CountOptions::default();
        if national {
            options.national = sms::National::Cheapest;
        }
        let template = Template::parse(&text);
        let mut tally = Tally::new(&template, options);
        let (mut parts, mut counts) = (0, Vec::new());
        for recipient in &recipients {
            let count = tally.add(|field| recipient.get(field));
            let text = template.render(|field| recipient.get(field));
            prop_assert_eq!(count, sms::count(&text, &options));
            parts += u64::from(count.parts);
            counts.push(count);
        }
        let tallied = tally.counts();
        prop_assert_eq!(tallied.parts, parts);
        prop_assert_eq!(tallied.recipients, recipients.len() as u64);
        prop_assert_eq!(tallied.histogram.iter().map(|(_, count)| count).sum::<u64>(), tallied.recipients);
        prop_assert_eq!(tallied.min_parts(), counts.iter().map(|c| c.parts).min().unwrap_or(0));
        prop_assert_eq!(tallied.max_parts(), counts.iter().map(|c| c.parts).max().unwrap_or(0));
        let ucs2 = counts.iter().filter(|c| c.encoding == Encoding::Ucs2).count() as u64;
        prop_assert_eq!((tallied.gsm7, tallied.ucs2), (tallied.recipients - ucs2, ucs2));
        let lacks = |recipient: &BTreeMap<String, String>, field: &str| {
            recipient.get(field).is_none_or(String::is_empty)
        };
        for field in &tallied.fields {
            let lacking = recipients.iter().filter(|r| lacks(r, field.field)).count() as u64;
            prop_assert_eq!(field.lacking, lacking);
        }
        let lacking =
            recipients.iter().filter(|r| template.fields().iter().any(|f| lacks(r, f))).count();
        prop_assert_eq!(tallied.lacking, lacking as u64);
    }
}
