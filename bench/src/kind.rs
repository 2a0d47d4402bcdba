//! The texts that are timed.

/// Lengths of the texts, in characters (code points): one message, ten, and a text that nobody
/// should send.
pub(crate) const LENGTHS: [usize; 3] = [160, 1_600, 10_000];

/// What a text is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// English, which is GSM-7 and ASCII.
    Gsm7,
    /// GSM-7 with letters beyond ASCII and with characters of the extension table.
    Mixed,
    /// Cyrillic, which is UCS-2.
    Ucs2,
    /// Emoji among English words: UCS-2 with surrogate pairs.
    Emoji,
}

impl Kind {
    pub(crate) const ALL: [Self; 4] = [Self::Gsm7, Self::Mixed, Self::Ucs2, Self::Emoji];

    /// As in the names of benches.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Gsm7 => "gsm7",
            Self::Mixed => "mixed",
            Self::Ucs2 => "ucs2",
            Self::Emoji => "emoji",
        }
    }

    /// A text of so many characters.
    pub(crate) fn text(self, length: usize) -> String {
        let sentence = match self {
            Self::Gsm7 => {
                "Your order 4711 is ready. Pick it up today until 18:00, and bring this message. "
            }
            Self::Mixed => {
                "Größe [XL] für 20 € statt 25 €: hol sie dir à la caisse, {Filiale 3} ~ bis 18:00! "
            }
            Self::Ucs2 => {
                "Ваш заказ 4711 готов. Заберите его сегодня до 18:00 и покажите это сообщение. "
            }
            Self::Emoji => "Hello 👋🏽 your 🍕 is on its way 🛵💨 enjoy 😋🎉 the 👨‍👩‍👧‍👦 team ❤️ ",
        };
        sentence.chars().cycle().take(length).collect()
    }
}

#[cfg(test)]
mod tests {
    use iap_core::sms::{self, CountOptions, Encoding};

    use super::{Kind, LENGTHS};

    #[test]
    fn texts_are_of_their_kind_and_length() {
        for kind in Kind::ALL {
            for length in LENGTHS {
                let text = kind.text(length);
                assert_eq!(text.chars().count(), length);
                let count = sms::count(&text, &CountOptions::default());
                let gsm7 = matches!(kind, Kind::Gsm7 | Kind::Mixed);
                assert_eq!(count.encoding == Encoding::Gsm7, gsm7, "{kind:?}");
                assert_eq!(text.is_ascii(), kind == Kind::Gsm7);
                let units = usize::try_from(count.units).unwrap();
                assert_eq!(units > length, matches!(kind, Kind::Mixed | Kind::Emoji), "{kind:?}");
            }
        }
    }
}
