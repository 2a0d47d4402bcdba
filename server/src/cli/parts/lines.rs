//! One JSON object a line in, one a line out.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read, Write};

use iap_core::sms::{self, Count, CountOptions, PartCount};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use super::json_string;
use crate::cli::failure::Failure;
use crate::cli::input::{InputError, MAX_BYTES};

/// Answers every line of the source, in order; says whether all could be answered.
///
/// Holds one line at a time. Answers are handed on whenever the source has nothing more to read
/// at once, so that a program can ask line by line.
pub(super) fn answer(
    mut source: BufReader<impl Read>,
    out: &mut impl Write,
    options: CountOptions,
    cap: Option<PartCount>,
) -> Result<bool, Failure> {
    let mut line = Vec::new();
    let mut good = true;
    for number in 1_u64.. {
        if source.buffer().is_empty() {
            out.flush().map_err(Failure::Output)?;
        }
        let Some(whole) = read(&mut source, &mut line).map_err(unreadable)? else { break };
        let text = if whole { text(&line) } else { Err("longer than 16 MiB".to_owned()) };
        good &= match text {
            Ok(text) => write_count(out, number, &text, options, cap),
            Err(error) => write(out, &Bad { line: number, error }).map(|()| false),
        }
        .map_err(Failure::Output)?;
    }
    Ok(good)
}

fn unreadable(error: io::Error) -> Failure {
    InputError::Unreadable("Standard input".to_owned(), error).into()
}

/// Reads a line; none at the end. `false` if the line was too long and only its end was found.
fn read(source: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Option<bool>> {
    line.clear();
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    if source.by_ref().take(limit).read_until(b'\n', line)? == 0 {
        return Ok(None);
    }
    if line.len() < MAX_BYTES || line.ends_with(b"\n") {
        return Ok(Some(true));
    }
    source.skip_until(b'\n')?;
    Ok(Some(false))
}

/// What is read of a line; other fields may stand beside it.
#[derive(Deserialize)]
struct Question<'a> {
    #[serde(borrow)]
    text: &'a RawValue,
}

/// The text that a line asks about, or what is wrong with the line.
fn text(line: &[u8]) -> Result<Cow<'_, str>, String> {
    // serde would take an array of the right length for an object.
    if line.trim_ascii_start().first() != Some(&b'{') {
        return Err("not a JSON object".to_owned());
    }
    let question: Question<'_> = serde_json::from_slice(line)
        .map_err(|error| error.to_string().replace(" at line 1 column ", " at column "))?;
    json_string::decode(question.text.get()).ok_or_else(|| "`text` is not a string".to_owned())
}

#[derive(Serialize)]
struct Bad {
    line: u64,
    error: String,
}

#[derive(Serialize)]
struct Counted<'a> {
    encoding: &'static str,
    units: u32,
    parts: u32,
    part_units: PartUnits<'a>,
    /// Where the text is over the cap.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    refused: Option<Bad>,
}

/// The units of each part, written as they are found.
struct PartUnits<'a> {
    text: &'a str,
    count: &'a Count,
    options: CountOptions,
}

impl Serialize for PartUnits<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.count.parts {
            0 => serializer.collect_seq([0_u32; 0]),
            1 => serializer.collect_seq([self.count.units]),
            _ => {
                serializer.collect_seq(sms::parts(self.text, &self.options).map(|part| part.units))
            }
        }
    }
}

/// Answers with the count; says whether it is within the cap.
fn write_count(
    out: &mut impl Write,
    line: u64,
    text: &str,
    options: CountOptions,
    cap: Option<PartCount>,
) -> io::Result<bool> {
    let count = sms::count(text, &options);
    let error = cap.and_then(|cap| count.within(cap).err());
    let answer = Counted {
        encoding: count.encoding.as_str(),
        units: count.units,
        parts: count.parts,
        part_units: PartUnits { text, count: &count, options },
        refused: error.map(|error| Bad { line, error: error.to_string() }),
    };
    write(out, &answer)?;
    Ok(error.is_none())
}

fn write(out: &mut impl Write, answer: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, answer)?;
    out.write_all(b"\n")
}
