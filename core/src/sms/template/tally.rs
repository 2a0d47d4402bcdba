//! Counting a template over its recipients.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::Template;
use crate::SortedMap;
use crate::sms::{Count, CountOptions, Encoding, count};

/// Counts a template as each recipient will get it.
///
/// One recipient after the other is handed to [`Tally::add`]; the sums stand in
/// [`Tally::counts`]. One buffer serves all of them, so that a recipient costs no allocation.
///
/// ```
/// use iap_core::sms::CountOptions;
/// use iap_core::sms::template::{Tally, Template};
///
/// let template = Template::parse("Dear {{name}}");
/// let mut tally = Tally::new(&template, CountOptions::default());
/// for name in ["Ada", "Grace", "Zoë 🎉"] {
///     tally.add(|_| Some(name));
/// }
/// assert_eq!((tally.counts().recipients, tally.counts().parts), (3, 3));
/// assert_eq!((tally.counts().gsm7, tally.counts().ucs2), (2, 1));
/// ```
#[derive(Clone, Debug)]
pub struct Tally<'a, 't> {
    template: &'a Template<'t>,
    options: CountOptions,
    buffer: String,
    /// The count of a template without placeholders, which is the same for everyone.
    constant: Option<Count>,
    /// For each field whether the recipient at hand lacks it.
    lacking: Vec<bool>,
    counts: TallyCounts<'t>,
}

/// What a template needs over a set of recipients.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TallyCounts<'t> {
    /// The recipients counted.
    pub recipients: u64,
    /// How many recipients need how many parts, from the fewest parts to the most.
    pub histogram: SortedMap<u32, u64>,
    /// The parts of all recipients together.
    pub parts: u64,
    /// Recipients whose text travels as GSM-7.
    pub gsm7: u64,
    /// Recipients whose text travels as UCS-2.
    pub ucs2: u64,
    /// Recipients that lack a value for at least one field.
    pub lacking: u64,
    /// For each field of the template the recipients that lack a value for it.
    pub fields: Vec<FieldCount<'t>>,
}

/// How many recipients lack a value for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldCount<'t> {
    /// The field's name.
    pub field: &'t str,
    /// The recipients whose value is missing or empty.
    pub lacking: u64,
}

impl TallyCounts<'_> {
    /// The fewest parts that a recipient needs; 0 without recipients.
    #[must_use]
    pub fn min_parts(&self) -> u32 {
        self.histogram.iter().next().map_or(0, |(parts, _)| parts)
    }

    /// The most parts that a recipient needs; 0 without recipients.
    #[must_use]
    pub fn max_parts(&self) -> u32 {
        self.histogram.iter().next_back().map_or(0, |(parts, _)| parts)
    }
}

impl<'a, 't> Tally<'a, 't> {
    /// A tally without recipients yet. The options are those of [`count()`].
    #[must_use]
    pub fn new(template: &'a Template<'t>, options: CountOptions) -> Self {
        let fields = template.fields();
        let constant = fields.is_empty().then(|| count(template.text(), &options));
        Self {
            template,
            options,
            buffer: String::new(),
            constant,
            lacking: vec![false; fields.len()],
            counts: TallyCounts {
                recipients: 0,
                histogram: SortedMap::default(),
                parts: 0,
                gsm7: 0,
                ucs2: 0,
                lacking: 0,
                fields: fields.iter().map(|&field| FieldCount { field, lacking: 0 }).collect(),
            },
        }
    }

    /// Counts one recipient's text, given its values by field, and returns that count.
    ///
    /// A value that is missing or empty leaves nothing in the text, and is told in the counts.
    pub fn add<V: AsRef<str>>(&mut self, mut value: impl FnMut(&'t str) -> Option<V>) -> Count {
        let count = self.constant.unwrap_or_else(|| {
            self.lacking.fill(false);
            self.render(&mut value);
            count(&self.buffer, &self.options)
        });
        let counts = &mut self.counts;
        counts.recipients += 1;
        counts.parts += u64::from(count.parts);
        *counts.histogram.get_or_insert(count.parts, 0) += 1;
        *match count.encoding {
            Encoding::Gsm7 => &mut counts.gsm7,
            Encoding::Ucs2 => &mut counts.ucs2,
        } += 1;
        if self.lacking.contains(&true) {
            counts.lacking += 1;
        }
        for (field, &lacking) in counts.fields.iter_mut().zip(&self.lacking) {
            field.lacking += u64::from(lacking);
        }
        count
    }

    /// Renders one recipient's text and notes the fields it lacks.
    fn render<V: AsRef<str>>(&mut self, value: &mut impl FnMut(&'t str) -> Option<V>) {
        let lacking = &mut self.lacking;
        self.template.render_placeholders(&mut self.buffer, |placeholder| {
            let value = value(placeholder.field);
            if value.as_ref().is_none_or(|value| value.as_ref().is_empty())
                && let Some(lacking) = lacking.get_mut(placeholder.index)
            {
                *lacking = true;
            }
            value
        });
    }

    /// The counts so far.
    #[must_use]
    pub const fn counts(&self) -> &TallyCounts<'t> {
        &self.counts
    }

    /// The counts over all recipients.
    #[must_use]
    pub fn into_counts(self) -> TallyCounts<'t> {
        self.counts
    }
}
