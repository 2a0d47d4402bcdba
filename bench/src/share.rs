//! The share of right answers.

use anyhow::{Result, ensure};
use iap_core::sms::{self, CountOptions};

use crate::corpus;
use crate::driver::Driver;
use crate::questions::{Count, Parts};
use crate::twin;

/// The corpus with the truth about it.
pub(crate) struct Judge {
    texts: Vec<String>,
    units: Vec<Vec<u16>>,
    /// Parts of each text: the fewest that there are, found by trying.
    truth: Vec<usize>,
}

impl Judge {
    pub(crate) fn new() -> Self {
        let texts = corpus::texts();
        let units: Vec<Vec<u16>> = texts.iter().map(|text| text.encode_utf16().collect()).collect();
        let truth = units.iter().map(|text| fewest_parts(text)).collect();
        Self { texts, units, truth }
    }

    /// The share that the crate gets right.
    pub(crate) fn ours(&self) -> Result<f64> {
        let options = CountOptions::default();
        let parts = |text: &String| usize::try_from(sms::count(text, &options).parts);
        let answers = self.texts.iter().map(parts).collect::<Result<Vec<_>, _>>()?;
        self.share(answers.into_iter())
    }

    /// The share that a counter of a driver gets right.
    pub(crate) fn theirs(&self, driver: &mut Driver, counter: &str) -> Result<f64> {
        let parts = parts(driver, counter, &self.units)?;
        self.share(parts.into_iter())
    }

    fn share(&self, answers: impl ExactSizeIterator<Item = usize>) -> Result<f64> {
        ensure!(answers.len() == self.truth.len(), "not every text has an answer");
        let right = answers.zip(&self.truth).filter(|(answer, truth)| answer == *truth).count();
        Ok(f64::from(u32::try_from(right)?) / f64::from(u32::try_from(self.truth.len())?))
    }
}

/// Sees to it that a counter of a driver is right about texts with unpaired surrogates.
pub(crate) fn check_broken(driver: &mut Driver, counter: &str) -> Result<()> {
    let texts = corpus::broken();
    let answers = parts(driver, counter, &texts)?;
    ensure!(answers.len() == texts.len(), "not every text has an answer");
    for (text, answer) in texts.iter().zip(answers) {
        let truth = fewest_parts(text);
        ensure!(answer == truth, "{counter} counts {answer} parts, not {truth}, of {text:x?}");
    }
    Ok(())
}

fn parts(driver: &mut Driver, counter: &str, texts: &[Vec<u16>]) -> Result<Vec<usize>> {
    let Parts { parts } = driver.ask(&Count { count: counter, texts })?;
    Ok(parts)
}

fn fewest_parts(text: &[u16]) -> usize {
    twin::count(text, CountOptions::default()).parts
}
