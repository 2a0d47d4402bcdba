//! The count of a text, for people.

use std::io::{self, Write};

use iap_core::sms::character::Class;
use iap_core::sms::{self, Count, CountOptions, Encoding, Offender, PartCount, Warning};

use crate::cli::plural::plural;
use crate::cli::visible::Visible;

/// The characters that are listed one by one; a text in another script has hundreds.
const LISTED: usize = 20;

/// The places that are listed for each of them.
const PLACES: usize = 10;

/// Writes what the text needs, what each part holds, what forces Unicode and what costs more than
/// it need.
pub(super) fn write(
    out: &mut impl Write,
    text: &str,
    count: &Count,
    options: CountOptions,
) -> io::Result<()> {
    let (alphabet, one, many) = match count.encoding {
        Encoding::Gsm7 => ("GSM 7-bit", "septet", "septets"),
        Encoding::Ucs2 => ("Unicode", "16-bit unit", "16-bit units"),
    };
    writeln!(out, "Encoding  {} ({alphabet})", count.encoding)?;
    writeln!(out, "Units     {}", plural(count.units, one, many))?;
    let (capacity, left) = (count.capacity, count.left);
    writeln!(out, "Parts     {} of up to {capacity} units, {left} left in the last", count.parts)?;
    for (number, part) in (1..).zip(sms::parts(text, &options)) {
        let held = text.get(part.range).unwrap_or_default();
        writeln!(out, "{number:>7}.  {:>3}/{}  {}", part.units, part.capacity, Visible(held))?;
    }
    offenders(out, text, options)?;
    warnings(out, text, options)
}

fn offenders(out: &mut impl Write, text: &str, options: CountOptions) -> io::Result<()> {
    let offenders = sms::offenders(text, &options);
    if offenders.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nUnicode because of")?;
    for offender in offenders.iter().take(LISTED) {
        writeln!(
            out,
            "  {}  U+{:04X} {}, {}, at {}",
            Visible(offender.text),
            u32::from(offender.culprit),
            offender.name().unwrap_or(label(offender.class)),
            plural(offender.count(), "time", "times"),
            places(text, offender)
        )?;
    }
    match offenders.len().checked_sub(LISTED) {
        None | Some(0) => Ok(()),
        Some(more) => {
            writeln!(out, "  and {}", plural(more, "other character", "other characters"))
        }
    }
}

/// Where it stands, counted in characters from 1, as an editor shows it.
fn places(text: &str, offender: &Offender<'_>) -> String {
    let mut places: Vec<_> = offender
        .ranges
        .iter()
        .take(PLACES)
        .filter_map(|range| text.get(..range.start))
        .map(|before| before.chars().count().saturating_add(1).to_string())
        .collect();
    if offender.count() > PLACES {
        places.push("…".to_owned());
    }
    places.join(", ")
}

/// What to call a character whose Unicode name is not at hand.
fn label(class: Class) -> &'static str {
    match class {
        Class::Emoji => "(emoji)",
        Class::LatinLetter => "(letter with a mark)",
        Class::OtherScript => "(letter of another script)",
        Class::Quote => "(quotation mark)",
        Class::Dash => "(dash)",
        Class::Space => "(space)",
        Class::Invisible => "(invisible)",
        Class::Control => "(control character)",
        Class::Mark => "(combining mark)",
        Class::Symbol => "(symbol)",
        Class::Broken => "(broken character)",
    }
}

fn warnings(out: &mut impl Write, text: &str, options: CountOptions) -> io::Result<()> {
    for warning in sms::warnings(text, &options, PartCount::MAX) {
        match warning {
            // Said on standard error, with the exit status.
            Warning::TooMany(_) => {}
            Warning::JustOver { characters, parts } => writeln!(
                out,
                "\nJust over: {} less make it {}.",
                plural(characters, "character", "characters"),
                plural(parts, "part", "parts")
            )?,
            Warning::LineBreaks { parts } => writeln!(
                out,
                "\nLine breaks sent as two characters cost {}: --newlines lf saves it.",
                plural(parts, "part", "parts")
            )?,
        }
    }
    Ok(())
}
