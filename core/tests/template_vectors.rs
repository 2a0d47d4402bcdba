//! Templates by their vectors, natively and in the browser.
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::format_collect,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may stop"
)]

mod support;

use std::collections::BTreeMap;

use iap_core::sms::template::{Rendered, Tally, Template};
use iap_core::sms::{self, CountOptions};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vectors {
    template: Vec<TemplateCase>,
    tally: Vec<TallyCase>,
}

type Values = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateCase {
    name: String,
    text: String,
    fields: Vec<String>,
    #[serde(default)]
    placeholders: Vec<String>,
    values: Values,
    rendered: String,
    #[serde(default)]
    lacking: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TallyCase {
    name: String,
    text: String,
    recipients: Vec<Values>,
    histogram: BTreeMap<String, u64>,
    parts: u64,
    min: u32,
    max: u32,
    gsm7: u64,
    ucs2: u64,
    lacking: u64,
    fields: BTreeMap<String, u64>,
}

fn vectors() -> Vectors {
    toml::from_str(include_str!("../testdata/template.toml")).unwrap()
}

/// A value of a vector: `ş*65` is the text in front of the star and so many letters a.
fn value(text: &str) -> String {
    match text.split_once('*') {
        Some((before, count)) => before.to_owned() + &"a".repeat(count.parse().unwrap()),
        None => text.to_owned(),
    }
}

/// Sees to it that the spans of a preview lie end to end and come from the template in order.
fn check_spans(template: &Template<'_>, rendered: &Rendered, name: &str) {
    let (mut at, mut source) = (0, 0);
    for span in &rendered.spans {
        assert_eq!((span.rendered.start, span.source.start), (at, source), "{name}");
        (at, source) = (span.rendered.end, span.source.end);
        match span.placeholder {
            Some(index) => assert_eq!(template.placeholders()[index].range, span.source, "{name}"),
            None => assert_eq!(
                rendered.text[span.rendered.clone()],
                template.text()[span.source.clone()],
                "{name}"
            ),
        }
    }
    assert_eq!((at, source), (rendered.text.len(), template.text().len()), "{name}");
}

tests_everywhere! {
    fn templates_render_as_the_vectors_say() {
        for case in vectors().template {
            let name = &case.name;
            let template = Template::parse(&case.text);
            assert_eq!(template.fields(), case.fields, "{name}");
            let placeholders: Vec<_> =
                template.placeholders().iter().map(|p| &case.text[p.range.clone()]).collect();
            assert_eq!(placeholders, case.placeholders, "{name}");
            for placeholder in template.placeholders() {
                assert_eq!(template.fields()[placeholder.index], placeholder.field, "{name}");
            }
            assert_eq!(template.render(|field| case.values.get(field)), case.rendered, "{name}");

            let preview = template.preview(|field| case.values.get(field));
            assert_eq!(preview.text, case.rendered, "{name}");
            check_spans(&template, &preview, name);
            let lacking: Vec<_> = preview.spans.iter().filter(|span| span.lacking).collect();
            let lacking: Vec<_> = lacking
                .iter()
                .map(|span| template.placeholders()[span.placeholder.unwrap()].field)
                .collect();
            assert_eq!(lacking, case.lacking, "{name}");
        }
    }

    fn tallies_are_as_the_vectors_say() {
        for case in vectors().tally {
            let name = &case.name;
            let template = Template::parse(&case.text);
            let mut tally = Tally::new(&template, CountOptions::default());
            for recipient in &case.recipients {
                let value = |field: &str| recipient.get(field).map(|text| value(text));
                let count = tally.add(value);
                let text = template.render(value);
                assert_eq!(count, sms::count(&text, &CountOptions::default()), "{name}");
            }
            let counts = tally.into_counts();
            let histogram: BTreeMap<_, _> =
                counts.histogram.iter().map(|(parts, count)| (parts.to_string(), *count)).collect();
            assert_eq!(histogram, case.histogram, "{name}");
            assert_eq!(counts.recipients, case.recipients.len() as u64, "{name}");
            assert_eq!(counts.parts, case.parts, "{name}");
            assert_eq!((counts.min_parts(), counts.max_parts()), (case.min, case.max), "{name}");
            assert_eq!((counts.gsm7, counts.ucs2), (case.gsm7, case.ucs2), "{name}");
            assert_eq!(counts.lacking, case.lacking, "{name}");
            let fields: BTreeMap<_, _> =
                counts.fields.iter().map(|f| (f.field.to_owned(), f.lacking)).collect();
            assert_eq!(fields, case.fields, "{name}");
        }
    }

    fn a_preview_leads_back_to_the_template() {
        let text = "Hi {{name}}, bye";
        let template = Template::parse(text);
        let preview = template.preview(|_| Some("Ada"));
        assert_eq!(preview.text, "Hi Ada, bye");
        let source = |range: std::ops::Range<usize>| &text[preview.source(range)];
        assert_eq!(source(0..2), "Hi");
        assert_eq!(source(3..4), "{{name}}");
        assert_eq!(source(1..4), "i {{name}}");
        assert_eq!(source(5..8), "{{name}}, ");
        assert_eq!(source(6..11), ", bye");
        assert_eq!(source(0..11), text);
        assert_eq!(source(8..99), "bye");
        assert_eq!(preview.source(1..1), 1..1);
        assert_eq!(preview.source(8..8), 13..13);
        assert_eq!(preview.source(11..11), text.len()..text.len());
        assert_eq!(preview.source(99..99), text.len()..text.len());
        assert_eq!(Template::parse("").preview(|_| None::<&str>).source(0..5), 0..0);
    }

    fn a_buffer_is_used_again() {
        let template = Template::parse("Dear {{name}}");
        let mut buffer = String::from("what stood there before");
        let capacity = buffer.capacity();
        template.render_into(&mut buffer, |_| Some("Ada"));
        assert_eq!((buffer.as_str(), buffer.capacity()), ("Dear Ada", capacity));
    }

    fn many_fields_and_many_braces_are_read_in_one_pass() {
        // Work that grows with the square of the length would take minutes.
        let fields: String = (0..50_000).map(|n| format!("{{{{f{n}}}}}")).collect();
        assert_eq!(Template::parse(&fields).fields().len(), 50_000);
        for open in ["{", "{{ ", "{{a", "{{a.", "{{ a "] {
            let text = open.repeat(200_000 / open.len());
            assert_eq!(Template::parse(&text).fields().len(), 0);
            assert_eq!(Template::parse(&text).render(|_| Some("x")), text);
        }
        let blanks = "{{".to_owned() + &" ".repeat(1_000_000);
        assert!(Template::parse(&blanks).fields().is_empty());
    }
}
