//! Reading a rate card file.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::super::index::Index;
use super::super::{DuplicateRate, MAX_RATES, Rate, RateCard};
use super::columns::Layout;
use super::error::{CsvErrorKind, CsvErrors, Errors};
use super::row::Row;
use super::{MAX_CSV_BYTES, MAX_CSV_LINE_BYTES, SAMPLE_MARK};

/// The separators that are tried, in this order.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// UTF-8's byte order mark, which spreadsheet programs put in front.
const BOM: &[u8] = b"\xef\xbb\xbf";

impl RateCard {
    /// Reads a card from a CSV file; [the module](super) describes the form.
    ///
    /// # Errors
    /// [`CsvErrors`] with everything that is wrong with the file, at least one thing. Then
    /// nothing of it is taken.
    pub fn from_csv(file: &[u8]) -> Result<Self, CsvErrors> {
        let mut errors = Errors::default();
        if file.len() > MAX_CSV_BYTES {
            errors.add(0, None, "", CsvErrorKind::FileTooLarge);
            return errors.or(Self::default());
        }
        if file.starts_with(b"\xff\xfe") || file.starts_with(b"\xfe\xff") {
            errors.add(0, None, "", CsvErrorKind::Utf16);
            return errors.or(Self::default());
        }
        let mut lines = Lines::new(file.strip_prefix(BOM).unwrap_or(file));
        let Some((record, layout)) = header(&mut lines, &mut errors) else {
            errors.add(0, None, "", CsvErrorKind::NoHeader);
            return errors.or(Self::default());
        };
        if !layout.is_complete() {
            // Every line would only repeat what is missing in the first.
            return errors.or(Self::default());
        }
        let (rates, at_lines) = rows(&mut lines, record, &layout, &mut errors);
        let index = Index::new(&rates);
        let line = |position: usize| at_lines.get(position).copied().unwrap_or_default();
        for DuplicateRate { first, second, prefix, valid_from } in index.duplicates(rates.len()) {
            let kind = CsvErrorKind::Duplicate { first_line: line(first), prefix, valid_from };
            errors.add(line(second), None, "", kind);
        }
        errors.or(Self::from_parts(rates, index, lines.sample))
    }
}

/// Reads the first line that is no comment: the separator and the columns. Nothing where there is
/// no such line.
fn header(lines: &mut Lines<'_>, errors: &mut Errors) -> Option<(Record, Layout)> {
    let (mut at, mut line) = lines.next()?;
    let mut record = if let Some(&[separator]) = line.strip_prefix(b"sep=") {
        (at, line) = lines.next()?;
        Record::new(separator)
    } else {
        let known = |&separator: &u8| {
            let mut record = Record::new(separator);
            record.read(line).map_or(0, |()| Layout::known(record.texts()))
        };
        // The first of those that find the most columns.
        let best = SEPARATORS.into_iter().rev().max_by_key(known);
        Record::new(best.unwrap_or(b','))
    };
    if let Err(error) = record.read(line) {
        errors.add(at, None, &String::from_utf8_lossy(line), error);
    }
    let layout = Layout::read(record.texts(), at, errors);
    Some((record, layout))
}

/// Reads all lines behind the first: the rates that are right, and the line of each.
fn rows(
    lines: &mut Lines<'_>,
    mut record: Record,
    layout: &Layout,
    errors: &mut Errors,
) -> (Vec<Rate>, Vec<usize>) {
    let (mut rates, mut at_lines) = (Vec::new(), Vec::new());
    let decimal_comma = record.separator != b',';
    for (line, bytes) in lines {
        if let Err(error) = record.read(bytes) {
            errors.add(line, None, &String::from_utf8_lossy(bytes), error);
            continue;
        }
        if record.is_blank() {
            continue;
        }
        if rates.len() == MAX_RATES {
            errors.add(line, None, "", CsvErrorKind::TooManyRates);
            break;
        }
        let row = Row { record: &record, layout, errors: &mut *errors, line, decimal_comma };
        if let Ok(rate) = row.rate() {
            rates.push(rate);
            at_lines.push(line);
        }
    }
    (rates, at_lines)
}

/// The lines of a file with their numbers, without empty ones and comments.
///
/// No value of a rate card holds a line end, so a line is a record, and a quote left open spoils
/// its own line alone.
struct Lines<'file> {
    rest: &'file [u8],
    number: usize,
    /// Whether a comment so far marks the card as a sample.
    sample: bool,
}

impl<'file> Lines<'file> {
    fn new(file: &'file [u8]) -> Self {
        Self { rest: file, number: 0, sample: false }
    }

    /// Cuts the next line off, without its end: LF, CR LF or CR.
    fn cut(&mut self) -> Option<&'file [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        self.number += 1;
        let end = self.rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let (line, rest) = self.rest.split_at_checked(end.unwrap_or(self.rest.len()))?;
        self.rest = rest
            .strip_prefix(b"\r\n")
            .or_else(|| rest.split_first().map(|(_, rest)| rest))
            .unwrap_or_default();
        Some(line)
    }
}

impl<'file> Iterator for Lines<'file> {
    type Item = (usize, &'file [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = self.cut()?.trim_ascii_end();
            // A spreadsheet program may have put the comment into quotes.
            let comment = line.strip_prefix(b"\"").unwrap_or(line);
            if comment.starts_with(b"#") {
                self.sample |= comment.starts_with(SAMPLE_MARK.as_bytes());
            } else if !line.is_empty() {
                return Some((self.number, line));
            }
        }
    }
}

/// The values of one line, in buffers that are used again for the next.
pub(super) struct Record {
    reader: Reader,
    separator: u8,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    width: usize,
}

impl Record {
    fn new(separator: u8) -> Self {
        Self {
            reader: ReaderBuilder::new().delimiter(separator).build(),
            separator,
            bytes: vec![0; MAX_CSV_LINE_BYTES],
            // A line of separators alone has one value more than bytes.
            ends: vec![0; MAX_CSV_LINE_BYTES + 1],
            width: 0,
        }
    }

    /// Splits a line into its values; on an error there are none.
    fn read(&mut self, line: &[u8]) -> Result<(), CsvErrorKind> {
        self.width = 0;
        if line.len() > MAX_CSV_LINE_BYTES {
            return Err(CsvErrorKind::LineTooLong);
        }
        // In what is well-formed each quote has its partner, also those that stand for one.
        if line.iter().fold(false, |open, &byte| open ^ (byte == b'"')) {
            return Err(CsvErrorKind::OpenQuote);
        }
        self.reader.reset();
        let (mut input, mut written, mut ended) = (line, 0, 0);
        loop {
            let bytes = self.bytes.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(ended..).unwrap_or_default();
            let (result, _, wrote, ends) = self.reader.read_record(input, bytes, ends);
            written += wrote;
            ended += ends;
            match result {
                // The reader wants to be told with an empty input that nothing follows.
                ReadRecordResult::InputEmpty => input = &[],
                ReadRecordResult::Record | ReadRecordResult::End => break,
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    return Err(CsvErrorKind::LineTooLong);
                }
            }
        }
        self.width = ended;
        Ok(())
    }

    /// How many values the line has.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The value at a place (from 0) as it stands in the line, without its quotes.
    pub(super) fn bytes(&self, place: usize) -> &[u8] {
        let end_of = |place: usize| self.ends.get(..self.width)?.get(place).copied();
        let start = place.checked_sub(1).map_or(Some(0), end_of);
        let range = start.zip(end_of(place)).map(|(start, end)| start..end);
        range.and_then(|range| self.bytes.get(range)).unwrap_or_default()
    }

    /// Whether all values are empty.
    fn is_blank(&self) -> bool {
        (0..self.width).all(|place| self.bytes(place).trim_ascii().is_empty())
    }

    /// The values as text, without blanks around them.
    fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.width)
            .map(|place| core::str::from_utf8(self.bytes(place)).unwrap_or("\u{FFFD}").trim())
    }
}
