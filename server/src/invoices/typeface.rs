//! The typeface of invoices: Noto Sans, which has the letters of Latin, Greek and Cyrillic.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face, Language as ShapedLanguage, UnicodeBuffer, shape};

use crate::mail::Language;

/// A typeface in one weight, as a shaper and as a PDF need it.
pub(super) struct Typeface {
    shaped: Face<'static>,
    font: Font,
    units: f32,
    language: Option<ShapedLanguage>,
}

/// A line of text that is ready to be drawn.
pub(super) struct Line {
    /// What it says.
    pub(super) text: String,
    /// Its signs.
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// Its width at the size 1.
    pub(super) width: f32,
}

impl Typeface {
    /// The typeface in a file of it; none where the file is none.
    pub(super) fn new(data: &'static [u8], language: Language) -> Option<Self> {
        let shaped = Face::from_slice(data, 0)?;
        let font = Font::new(data.into(), 0)?;
        let units = f32::from(u16::try_from(shaped.units_per_em()).ok()?);
        Some(Self { shaped, font, units, language: language.tag().parse().ok() })
    }

    /// What a PDF draws with.
    pub(super) fn font(&self) -> Font {
        self.font.clone()
    }

    /// Sets a text on one line. Signs that the typeface does not have are shown as question marks: the
    /// other form of the invoice has them all.
    #[expect(clippy::float_arithmetic, reason = "lengths on paper")]
    pub(super) fn line(&self, text: &str) -> Line {
        let text: String = text.chars().map(|sign| self.shown(sign)).collect();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        if let Some(language) = &self.language {
            buffer.set_language(language.clone());
        }
        let output = shape(&self.shaped, &[], buffer);
        let starts: Vec<_> = output.glyph_infos().iter().map(|info| index(info.cluster)).collect();
        let mut width = 0.0;
        let signs = output.glyph_infos().iter().zip(output.glyph_positions());
        let glyphs = signs
            .map(|(info, position)| {
                let start = index(info.cluster);
                // Signs of one cluster stand for the same letters.
                let end = starts.iter().copied().filter(|it| *it > start).min();
                let advance = self.length(position.x_advance);
                width += advance;
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    advance,
                    self.length(position.x_offset),
                    self.length(position.y_offset),
                    self.length(position.y_advance),
                    start..end.unwrap_or(text.len()),
                    None,
                )
            })
            .collect();
        Line { text, glyphs, width }
    }

    /// Sets a text on lines that are not wider than `width` at the size 1, broken between words, or
    /// within those that are wider themselves. What would go below the last of `most` lines is left
    /// out, and dots say so.
    pub(super) fn lines(&self, text: &str, width: f32, most: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut held = String::new();
        let fits = |text: &str| self.line(text).width <= width;
        for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
            let longer = if held.is_empty() { word.to_owned() } else { format!("{held} {word}") };
            if fits(&longer) {
                held = longer;
                continue;
            }
            if !held.is_empty() {
                lines.push(std::mem::take(&mut held));
            }
            for sign in word.chars() {
                held.push(sign);
                if held.chars().count() > 1 && !fits(&held) {
                    held.pop();
                    lines.push(std::mem::replace(&mut held, sign.to_string()));
                }
            }
        }
        if !held.is_empty() {
            lines.push(held);
        }
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                while !last.is_empty() && !fits(&format!("{last}…")) {
                    last.pop();
                }
                last.push('…');
            }
        }
        lines.iter().map(|text| self.line(text)).collect()
    }

    fn shown(&self, sign: char) -> char {
        if sign.is_whitespace() && sign != '\u{a0}' && sign != '\u{202f}' {
            ' '
        } else if self.shaped.glyph_index(sign).is_some_and(|glyph| glyph.0 != 0) {
            sign
        } else if sign == '\u{202f}' {
            '\u{a0}'
        } else {
            '?'
        }
    }

    #[expect(clippy::float_arithmetic, reason = "lengths on paper")]
    #[expect(
        clippy::as_conversions,
        clippy::cast_precision_loss,
        reason = "of a few thousand units"
    )]
    fn length(&self, units: i32) -> f32 {
        units as f32 / self.units
    }
}

fn index(cluster: u32) -> usize {
    usize::try_from(cluster).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typeface() -> Typeface {
        Typeface::new(notosans::REGULAR_TTF, Language::English).unwrap()
    }

    fn texts(lines: &[Line]) -> Vec<&str> {
        lines.iter().map(|line| &*line.text).collect()
    }

    #[test]
    fn letters_of_all_our_languages_are_there() {
        let letters =
            "éèêëàâçîïôûùœÉÀŒ ăâîșțĂÂÎȘȚ şŞţŢ çğıİöşüÇĞÖŞÜ áéíóúñßäåæøþłžšč ΑΩω Жщ €£“”’–…·°";
        for data in [notosans::REGULAR_TTF, notosans::BOLD_TTF] {
            let typeface = Typeface::new(data, Language::English).unwrap();
            assert_eq!(typeface.line(letters).text, letters);
        }
        assert_eq!(typeface().line("会社 a").text, "?? a");
    }

    #[test]
    fn lines_break_between_words_and_are_no_wider() {
        let typeface = typeface();
        let width = typeface.line("a long line").width;
        assert_eq!(
            texts(&typeface.lines("a long line of words", width, 9)),
            ["a long line", "of words"]
        );
        let broken = typeface.lines("Donaudampfschifffahrt", width, 9);
        assert!(broken.len() > 1 && broken.iter().all(|line| line.width <= width));
        assert_eq!(texts(&broken).concat(), "Donaudampfschifffahrt");
        let cut = typeface.lines("a long line of words that goes on", width, 2);
        assert_eq!(cut.len(), 2);
        assert!(cut[1].text.ends_with('…') && cut[1].width <= width);
        assert!(typeface.lines("", width, 9).is_empty());
        // Nothing is so narrow that it never ends.
        assert_eq!(typeface.lines("abc", 0.0, 9).len(), 3);
    }
}
