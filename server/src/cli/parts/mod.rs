//! `iap parts`

mod json_string;
mod lines;
mod report;

use std::io::{self, BufReader, BufWriter, Write};
use std::process::ExitCode;

use clap::Args;
use iap_core::sms::{self, PartCount};

use super::counting::Counting;
use super::failure::Failure;
use super::{complain, input};

/// Count the parts of an SMS.
///
/// Prints the encoding, the units, what each part holds and which characters force Unicode.
/// Without TEXT, reads it from standard input; a line break at its very end does not count. The
/// exit status is 1 if the text needs more parts than can be sent or --cap allows.
#[derive(Args, Debug)]
pub(super) struct Parts {
    /// The text of the message.
    #[arg(conflicts_with = "jsonl")]
    text: Option<String>,

    /// Read one JSON object a line from standard input, and write one a line.
    #[arg(long, long_help = JSONL)]
    jsonl: bool,

    #[command(flatten)]
    counting: Counting,
}

const JSONL: &str = r#"Read one JSON object a line from standard input, and write one a line.

Read:    {"text": "…"}
Written: {"encoding":"GSM7"|"UCS2","units":n,"parts":n,"part_units":[…]}

A line that cannot be read is answered with {"line":n,"error":"…"}. With --cap, a text over it is answered with its count and these two. The exit status is 1 if any line had an error."#;

/// Large enough that a system call costs little beside what it brings.
const BUFFER: usize = 64 * 1024;

impl Parts {
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        let mut out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
        let options = self.counting.options();
        let good = if self.jsonl {
            let source = BufReader::with_capacity(BUFFER, io::stdin().lock());
            lines::answer(source, &mut out, options, self.counting.cap())?
        } else {
            let text = input::text(self.text.as_deref())?;
            let count = sms::count(&text, &options);
            report::write(&mut out, &text, &count, options).map_err(Failure::Output)?;
            out.flush().map_err(Failure::Output)?;
            match count.within(self.counting.cap().unwrap_or(PartCount::MAX)) {
                Ok(_) => true,
                Err(error) => {
                    complain(&error);
                    false
                }
            }
        };
        out.flush().map_err(Failure::Output)?;
        Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
