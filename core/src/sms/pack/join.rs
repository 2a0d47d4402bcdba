//! Joins the parts of one message.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::Segment;

/// The text of a message from its parts, in whatever order they came, some of them perhaps twice.
/// Unpaired surrogates read as U+FFFD.
///
/// # Errors
/// [`JoinError`] if a part is missing or belongs to another message.
pub fn join(segments: &[Segment]) -> Result<String, JoinError> {
    let Some(first) = segments.first() else { return Ok(String::new()) };
    let Some(message) = first.concatenation else {
        return match segments {
            [only] => Ok(String::from_utf16_lossy(&only.text)),
            _ => Err(JoinError::OtherMessage),
        };
    };
    let numbered = segments
        .iter()
        .map(|segment| match segment.concatenation {
            Some(part)
                if (part.size, part.reference, part.parts)
                    == (message.size, message.reference, message.parts) =>
            {
                Ok((part.number, segment))
            }
            _ => Err(JoinError::OtherMessage),
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut text = Vec::new();
    for number in 1..=message.parts {
        let part = numbered.iter().find(|part| part.0 == number);
        let (_, segment) = part.ok_or(JoinError::Missing { number })?;
        text.extend_from_slice(&segment.text);
    }
    Ok(String::from_utf16_lossy(&text))
}

/// Parts that do not make a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JoinError {
    /// A part is not there.
    Missing {
        /// Its number, from 1.
        number: u8,
    },
    /// Not all parts are of the same message.
    OtherMessage,
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { number } => write!(f, "Part {number} of the message is missing."),
            Self::OtherMessage => f.write_str("The parts are not all of the same message."),
        }
    }
}

impl core::error::Error for JoinError {}
