//! What is dialled: a text without all that people put between the digits.

use super::ParseError;
use super::prefix::Digits;

/// A plus sign, if there was one, and digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dialled {
    pub(super) plus: bool,
    pub(super) digits: Digits,
    /// More digits than any number has followed.
    pub(super) cut: bool,
}

/// Zeros of the decimal digits in use (Unicode, general category Nd), outside ASCII and inside
/// the basic plane; the nine other digits follow each.
const ZEROS: [u16; 36] = [
    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66,
    0x0de6, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
    0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
];

/// The decimal digit that `sign` is, in ASCII.
pub(super) fn digit(sign: char) -> Option<u8> {
    let value = if sign.is_ascii() {
        u32::from(sign).checked_sub(u32::from(b'0'))
    } else {
        ZEROS.iter().find_map(|zero| {
            u32::from(sign).checked_sub(u32::from(*zero)).filter(|value| *value < 10)
        })
    };
    let value = value.filter(|value| *value < 10)?;
    u8::try_from(value).ok().map(|value| b'0' + value)
}

/// A plus sign, as it is or of full width.
pub(super) const fn is_plus(sign: char) -> bool {
    matches!(sign, '+' | '\u{ff0b}')
}

/// What people put between digits, and what comes along with copied text: spaces of all kinds,
/// dashes, dots, slashes, brackets, quotes, and signs that are not seen.
fn is_filler(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(
            sign,
            '-' | '.' | '/' | '(' | ')' | '[' | ']' | '~' | '\'' | '"'
            | '\u{ad}' | '\u{b7}'
            // Arabic letter mark; zero-width signs and direction marks; dashes and quotes.
            | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{201f}'
            | '\u{202a}'..='\u{202e}' | '\u{2053}' | '\u{2060}'..='\u{2069}' | '\u{2022}'
            | '\u{2212}' | '\u{2215}' | '\u{223c}' | '\u{30fb}' | '\u{30fc}' | '\u{feff}'
            | '\u{ff08}' | '\u{ff09}' | '\u{ff0d}'..='\u{ff0f}' | '\u{ff3b}' | '\u{ff3d}'
        )
}

/// Words before an extension, in the languages of the product and of the phone library. ASCII
/// letters match in either case.
const EXTENSION_WORDS: [&str; 17] = [
    "x",
    "ext",
    "extn",
    "extension",
    "xt",
    "extensión",
    "anexo",
    "int",
    "доб",
    "Доб",
    "ДОБ",
    "poste",
    "toestel",
    "interior",
    "dahili",
    "durchwahl",
    "dw",
];

/// Whether a sign that is neither digit nor filler is called a letter. Only the wording of a
/// refusal hangs on it, so blocks of symbols are told from blocks of letters and no more; the
/// exact table would cost kilobytes in the browser.
fn is_letter(sign: char) -> bool {
    sign.is_ascii_alphabetic()
        || matches!(sign, '\u{c0}'..='\u{1fff}' | '\u{2c00}'..='\u{2dff}' | '\u{3040}'..='\u{d7ff}'
            | '\u{f900}'..='\u{fdff}' | '\u{fe70}'..='\u{ffdc}' | '\u{10000}'..='\u{1cfff}'
            | '\u{20000}'..)
}

impl Dialled {
    /// Reads a text.
    pub(super) fn read(text: &str) -> Result<Self, ParseError> {
        let mut dialled = Self { plus: false, digits: Digits::new(), cut: false };
        let (start, number, context) = address(text)?;
        // The context of a `tel:` address is what stands before a local number.
        if let Some(context) = context.filter(|_| !number.contains(is_plus)) {
            dialled.add(context, 0, true)?;
        }
        dialled.add(number, start, start > 0)?;
        if !dialled.digits.as_slice().is_empty() {
            return Ok(dialled);
        }
        let first = text.char_indices().find(|(_, sign)| !sign.is_whitespace());
        Err(first.map_or(ParseError::Empty, |(at, _)| ParseError::NotANumber { at }))
    }

    /// Adds the digits of `text`, which stands at `start` of the whole.
    fn add(&mut self, text: &str, start: usize, address: bool) -> Result<(), ParseError> {
        let mut rest = text;
        while let Some((sign, after)) = next(rest, address) {
            let at = start + (text.len() - rest.len());
            if let Some(digit) = digit(sign) {
                self.cut |= !self.digits.push(digit);
            } else if is_plus(sign) && self.digits.as_slice().is_empty() {
                self.plus = true;
            } else if !is_filler(sign) {
                return Err(self.refuse(rest, sign, at));
            }
            rest = after;
        }
        Ok(())
    }

    /// What is wrong with `rest`, which begins with a sign that is no part of a number.
    fn refuse(&self, rest: &str, sign: char, at: usize) -> ParseError {
        let is_number = self.digits.as_slice().len() > 2;
        if is_number && is_extension(rest) {
            ParseError::Extension { at }
        } else if is_letter(sign) {
            ParseError::Letters { at }
        } else {
            ParseError::NotANumber { at }
        }
    }
}

/// The sign that `text` begins with and what follows it; in an address `%2B` is one sign.
fn next(text: &str, address: bool) -> Option<(char, &str)> {
    let mut signs = text.chars();
    let sign = signs.next()?;
    if address && sign == '%' {
        let (high, low) = (signs.next()?.to_digit(16)?, signs.next()?.to_digit(16)?);
        return Some((char::from_u32(high * 16 + low)?, signs.as_str()));
    }
    Some((sign, signs.as_str()))
}

/// Takes the number and the context out of an address such as `tel:0470;phone-context=+32`.
/// A text that is no address is the number itself. The first part says where the number starts.
fn address(text: &str) -> Result<(usize, &str, Option<&str>), ParseError> {
    let scheme = ["tel:", "sms:", "callto:"].into_iter().find_map(|scheme| {
        let body = text.trim_start();
        let start = body.get(..scheme.len())?;
        let number = body.get(scheme.len()..)?;
        start.eq_ignore_ascii_case(scheme).then_some(number)
    });
    let Some(body) = scheme else { return Ok((0, text, None)) };
    let start = text.len() - body.len();
    // The text of an `sms:` address follows a question mark.
    let body = body.split('?').next().unwrap_or_default();
    let mut parameters = body.split(';');
    let number = parameters.next().unwrap_or_default();
    let mut at = start + number.len();
    let mut context = None;
    for parameter in parameters {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        if name.eq_ignore_ascii_case("ext") && !value.is_empty() {
            return Err(ParseError::Extension { at });
        }
        if name.eq_ignore_ascii_case("phone-context") && value.starts_with(is_plus) {
            context = Some(value);
        }
        at += 1 + parameter.len();
    }
    Ok((start, number, context))
}

/// Whether `text` is a mark of an extension with its digits and nothing else.
fn is_extension(text: &str) -> bool {
    let label_end = text.find(|sign| digit(sign).is_some()).unwrap_or(text.len());
    let (label, digits) = text.split_at_checked(label_end).unwrap_or((text, ""));
    let digits = digits.trim_end_matches(|sign: char| sign == '#' || sign.is_whitespace());
    if digits.is_empty() {
        // The American way: `-503#`.
        return label.trim() == "#";
    }
    if !digits.chars().all(|sign| digit(sign).is_some() || sign.is_whitespace()) {
        return false;
    }
    let word = label.trim_matches(|sign: char| {
        sign.is_whitespace() || matches!(sign, '.' | ':' | '=' | ';' | ',' | '-' | '(')
    });
    matches!(word, "" | "#") || EXTENSION_WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}
