//! Any text is a template whose placeholders, put back in, give the text.
#![no_main]

use iap_core::sms::template::{Tally, Template};
use iap_core::sms::{CountOptions, count};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let template = Template::parse(text);
    let mut places = template.placeholders().iter().map(|place| &text[place.range.clone()]);
    assert_eq!(template.render(|_| places.next()), text);

    // A value that would be a placeholder itself is text, and parts of it stay where they are.
    let preview = template.preview(|_| Some("{{x}}"));
    assert_eq!(preview.text, template.render(|_| Some("{{x}}")));
    assert_eq!(preview.source(0..preview.text.len()), 0..text.len());
    for (at, _) in preview.text.char_indices() {
        let source = preview.source(at..at + 1);
        assert!(source.start < source.end && source.end <= text.len());
    }

    let options = CountOptions::default();
    let counted = Tally::new(&template, options).add(|_| Some("€"));
    assert_eq!(counted, count(&template.render(|_| Some("€")), &options));
});
