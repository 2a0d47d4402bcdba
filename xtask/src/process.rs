//! Other programs: started with their output gathered and their progress shown.

use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

use crate::progress::Progress;

/// Lines of a failed program's output that an error repeats.
const TAIL: usize = 60;

/// How often a running program's progress is shown anew.
const TICK: Duration = Duration::from_millis(500);

/// How a program ended.
pub(crate) struct Ended {
    /// Its exit status.
    pub(crate) status: ExitStatus,
    /// Standard output and standard error, in the order they were written.
    pub(crate) output: String,
}

/// Runs `command` as the step `label` and returns its output; an error when it fails.
pub(crate) fn run(label: &str, command: &mut Command) -> Result<String> {
    run_fed(label, command, Stdio::null())
}

/// The same with something on its standard input.
pub(crate) fn run_fed(label: &str, command: &mut Command, input: Stdio) -> Result<String> {
    let mut progress = Progress::start(label);
    let ended = gather_fed(command, input, &mut progress);
    let word =
        if ended.as_ref().is_ok_and(|ended| ended.status.success()) { "done" } else { "FAIL" };
    progress.finish(word);
    let ended = ended?;
    if ended.status.success() { Ok(ended.output) } else { Err(failure(command, &ended)) }
}

/// Runs `command` to its end, gathers what it writes and shows that it lives.
pub(crate) fn gather(command: &mut Command, progress: &mut Progress) -> Result<Ended> {
    gather_fed(command, Stdio::null(), progress)
}

fn gather_fed(command: &mut Command, input: Stdio, progress: &mut Progress) -> Result<Ended> {
    let (mut child, lines) = start_fed(command, input)?;
    let mut output = String::new();
    let mut latest = String::new();
    loop {
        match lines.recv_timeout(TICK) {
            Ok(line) => {
                output.push_str(&line);
                latest = line;
            }
            Err(RecvTimeoutError::Timeout) => progress.beat(&latest),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let status = child.wait().with_context(|| format!("cannot wait for {}", shown(command)))?;
    Ok(Ended { status, output })
}

/// Runs a command whose output is the user's to see as it comes.
pub(crate) fn hand_over(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = command.status().with_context(|| format!("cannot start {shown}"))?;
    if !status.success() {
        bail!("{shown} failed ({status})");
    }
    Ok(())
}

/// Starts `command` without input; the receiver gets its lines, of both streams, as they come.
pub(crate) fn start(command: &mut Command) -> Result<(Child, Receiver<String>)> {
    start_fed(command, Stdio::null())
}

fn start_fed(command: &mut Command, input: Stdio) -> Result<(Child, Receiver<String>)> {
    let (reader, writer) = io::pipe().context("cannot make a pipe")?;
    let other = writer.try_clone().context("cannot make a pipe")?;
    let child = command.stdin(input).stdout(writer).stderr(other).spawn();
    // The command still holds the writing ends; the reader ends only when they are gone.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let child = child.with_context(|| format!("cannot start {}", shown(command)))?;
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut reader = BufReader::new(reader);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                break;
            }
            line.clear();
        }
    });
    Ok((child, receiver))
}

/// Runs a command that only answers a question, without showing it: its standard output when it
/// succeeds.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether a command that only answers a question succeeds within `limit`; it is stopped then.
pub(crate) fn answers_within(command: &mut Command, limit: Duration) -> bool {
    let Ok((mut child, lines)) = start(command) else { return false };
    let deadline = Instant::now() + limit;
    while let Ok(_) | Err(RecvTimeoutError::Timeout) =
        lines.recv_timeout(deadline.saturating_duration_since(Instant::now()))
    {
        if Instant::now() >= deadline {
            drop(child.kill());
            break;
        }
    }
    child.wait().is_ok_and(|status| status.success())
}

/// What was run, how it ended, and the end of what it wrote.
pub(crate) fn failure(command: &Command, ended: &Ended) -> anyhow::Error {
    let tail = tail(&ended.output);
    let what = format!("{} failed ({})", shown(command), ended.status);
    if tail.is_empty() { anyhow!("{what} and wrote nothing") } else { anyhow!("{what}:\n\n{tail}") }
}

/// The last lines of `output`.
fn tail(output: &str) -> String {
    let lines: Vec<&str> = output.lines().collect();
    let skipped = lines.len().saturating_sub(TAIL);
    let mut tail = String::new();
    if skipped > 0 {
        tail = format!("… {skipped} earlier lines\n");
    }
    for line in lines.iter().skip(skipped) {
        tail.push_str(line);
        tail.push('\n');
    }
    tail
}

/// A command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let words: Vec<String> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| {
            let word = word.to_string_lossy();
            if word.contains(' ') { format!("\"{word}\"") } else { word.into_owned() }
        })
        .collect();
    format!("`{}`", words.join(" "))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{TAIL, gather, run, shown, tail};
    use crate::progress::Progress;

    #[test]
    fn a_command_is_shown_as_typed() {
        let mut command = Command::new("cargo");
        command.args(["test", "-p", "a b"]);
        assert_eq!(shown(&command), "`cargo test -p \"a b\"`");
    }

    #[test]
    fn a_long_output_is_cut_at_its_head() {
        let lines: Vec<String> = (1..=TAIL + 2).map(|n| format!("line {n}")).collect();
        let long = lines.join("\n");
        let tail = tail(&long);
        assert!(tail.starts_with("… 2 earlier lines\nline 3\n"), "{tail}");
        assert!(tail.ends_with(&format!("line {}\n", TAIL + 2)), "{tail}");
    }

    #[test]
    fn output_of_both_streams_is_gathered() {
        let mut command = Command::new("cargo");
        command.args(["--version"]);
        let ended = gather(&mut command, &mut Progress::start("test")).unwrap();
        assert!(ended.status.success());
        assert!(ended.output.starts_with("cargo "), "{}", ended.output);
    }

    #[test]
    fn a_failure_tells_command_status_and_output() {
        let mut command = Command::new("cargo");
        command.args(["no-such-command"]);
        let error = run("test", &mut command).unwrap_err().to_string();
        assert!(error.contains("`cargo no-such-command` failed (exit status: 101)"), "{error}");
        assert!(error.contains("no such command"), "{error}");
    }

    #[test]
    fn a_program_that_is_missing_is_named() {
        let error = run("test", &mut Command::new("iap-no-such-program")).unwrap_err();
        assert!(format!("{error:#}").contains("iap-no-such-program"), "{error:#}");
    }
}
