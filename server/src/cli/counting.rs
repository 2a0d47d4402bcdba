//! How the commands are told to count.

use clap::{Args, ValueEnum};
use iap_core::sms::{CountOptions, National, Newlines, PartCount, Reference, Split};

/// How a text is counted and split.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct Counting {
    /// Use the national language tables where that is cheaper; the gateway must support them.
    #[arg(long)]
    national: bool,

    /// Keep what readers see as one character whole: emoji with their parts, letters with marks.
    #[arg(long)]
    graphemes: bool,

    /// Bits of the number that ties parts together.
    #[arg(long, value_name = "BITS", default_value = "8")]
    reference: Bits,

    /// Send every line break as a line feed or as carriage return and line feed; by default as
    /// typed.
    #[arg(long, value_name = "KIND")]
    newlines: Option<LineBreak>,

    /// Refuse a text of more parts than this; 255 is the most that can be sent.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    cap: Option<u8>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Bits {
    #[value(name = "8")]
    Eight,
    #[value(name = "16")]
    Sixteen,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LineBreak {
    Lf,
    Crlf,
}

impl Counting {
    /// What core counts by.
    pub(super) fn options(self) -> CountOptions {
        CountOptions {
            reference: match self.reference {
                Bits::Eight => Reference::Bits8,
                Bits::Sixteen => Reference::Bits16,
            },
            national: if self.national { National::Cheapest } else { National::Off },
            split: if self.graphemes { Split::Graphemes } else { Split::Characters },
            newlines: match self.newlines {
                None => Newlines::AsTyped,
                Some(LineBreak::Lf) => Newlines::Lf,
                Some(LineBreak::Crlf) => Newlines::CrLf,
            },
        }
    }

    /// The most parts allowed, if the caller set a limit.
    pub(super) fn cap(self) -> Option<PartCount> {
        self.cap.map(PartCount::from)
    }
}
