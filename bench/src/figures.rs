//! Figures as people read them.

/// A time in ns, with three digits and the unit that fits.
pub(crate) fn time(ns: f64) -> String {
    let units = [(1e9, "s"), (1e6, "ms"), (1e3, "µs")];
    let (scale, unit) = units.into_iter().find(|(scale, _)| ns >= *scale).unwrap_or((1.0, "ns"));
    format!("{} {unit}", digits(ns / scale))
}

/// A size in bytes, in millions of them.
pub(crate) fn bytes(bytes: f64) -> String {
    format!("{} MB", digits(bytes / 1e6))
}

/// How many times faster.
pub(crate) fn times(ratio: f64) -> String {
    format!("{} ×", digits(ratio))
}

/// A share of right answers; only all of them are 100 %.
pub(crate) fn share(share: f64) -> String {
    if share >= 1.0 { "100 %".to_owned() } else { format!("{:.1} %", (share * 1e3).floor() / 10.0) }
}

/// A number with three digits, or all of its whole ones.
fn digits(number: f64) -> String {
    let decimals = match number {
        n if n >= 99.95 => 0,
        n if n >= 9.995 => 1,
        _ => 2,
    };
    format!("{number:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::{share, time, times};

    #[test]
    fn times_have_three_digits() {
        assert_eq!(time(9.0), "9.00 ns");
        assert_eq!(time(11_040.0), "11.0 µs");
        assert_eq!(time(54.7e6), "54.7 ms");
        assert_eq!(time(1.5e9), "1.50 s");
        assert_eq!(time(999.4), "999 ns");
        assert_eq!(times(1234.5), "1234 ×");
        assert_eq!(times(2.0), "2.00 ×");
    }

    #[test]
    fn nearly_all_is_not_all() {
        assert_eq!(share(1.0), "100 %");
        assert_eq!(share(0.9999), "99.9 %");
        assert_eq!(share(0.785), "78.5 %");
    }
}
