//! Invoices for people: one page of A4.
//!
//! It is PDF/A-2a and PDF/UA-1: it holds its typeface, can be kept for as long as the law asks, and
//! says to those who cannot see it what is a heading and what a table. The library refuses to write
//! what is neither.
#![expect(clippy::float_arithmetic, reason = "places on paper")]

use iap_core::billing::{Buyer, Invoice, InvoiceKind, TaxNote};
use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb::Color;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind,
    TagTree,
};

use super::texts::{InvoiceTexts, texts};
use super::typeface::{Line, Typeface};
use super::{countries, written};
use crate::mail::{Language, number};

/// Why there is no PDF: the library refuses what this module asks for.
#[derive(Debug, thiserror::Error)]
#[error("the invoice cannot be written as PDF: {0}")]
pub struct PdfError(String);

/// A4 in points, and what is left free around.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
/// Where the foot of the page is written.
const FOOT: f32 = HEIGHT - 42.0;
const LEFT: f32 = 56.7;
const RIGHT: f32 = WIDTH - LEFT;
/// Where the second of two columns begins.
const MIDDLE: f32 = 352.0;
/// What stands in the first is not wider.
const FIRST: f32 = MIDDLE - LEFT - 28.0;
/// Where the sums begin.
const SUMS: f32 = 300.0;

const INK: (u8, u8, u8) = (28, 36, 40);
const QUIET: (u8, u8, u8) = (92, 103, 108);
const ACCENT: (u8, u8, u8) = (0, 97, 102);
const SOFT: (u8, u8, u8) = (231, 243, 243);
const RULE: (u8, u8, u8) = (205, 214, 216);
const WHITE: (u8, u8, u8) = (255, 255, 255);

/// How a text looks.
#[derive(Clone, Copy)]
struct Look {
    size: f32,
    bold: bool,
    colour: (u8, u8, u8),
}

const TITLE: Look = Look { size: 24.0, bold: true, colour: ACCENT };
const NUMBER: Look = Look { size: 11.0, bold: true, colour: INK };
const NAME: Look = Look { size: 12.5, bold: true, colour: INK };
const TEXT: Look = Look { size: 9.5, bold: false, colour: INK };
const STRONG: Look = Look { size: 9.5, bold: true, colour: INK };
const LABEL: Look = Look { size: 8.5, bold: false, colour: QUIET };
const HEADER: Look = Look { size: 8.5, bold: true, colour: ACCENT };
const TOTAL: Look = Look { size: 12.5, bold: true, colour: WHITE };
const SMALL: Look = Look { size: 8.0, bold: false, colour: QUIET };

/// Where a text begins, or where it ends.
#[derive(Clone, Copy)]
enum At {
    Left(f32),
    Right(f32),
}

/// Writes an invoice or a credit note as PDF, in its own language: the same bytes each time.
///
/// # Errors
/// [`PdfError`] where the library refuses.
pub fn pdf(invoice: &Invoice) -> Result<Vec<u8>, PdfError> {
    let language = Language::of(&invoice.sale().language);
    let refused = |what: &str| PdfError(what.to_owned());
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PdfError(format!("{error:?}")))?;
    let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let words = texts(language);
    let title = format!("{} {}", kind(invoice, words), invoice.number());
    let page = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| refused("no page"))?;
    let typeface = |data| Typeface::new(data, language).ok_or_else(|| refused("no typeface"));
    let (regular, bold) = (typeface(notosans::REGULAR_TTF)?, typeface(notosans::BOLD_TTF)?);
    let writing = Writing { invoice, language, words };
    let children = {
        let mut page = document.start_page_with(page);
        let surface = page.surface();
        let mut sheet = Sheet { surface, regular, bold, lowest: 0.0 };
        let mut children = writing.all(&mut sheet, &title);
        if sheet.lowest > FOOT - 20.0 {
            return Err(refused("it does not fit on a page"));
        }
        children.extend(writing.foot(&mut sheet));
        children
    };
    let mut tree = TagTree::from(children);
    tree.lang = Some(language.tag().to_owned());
    document.set_tag_tree(tree);
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(
        title.clone(),
        XyzDestination::new(0, Point::from_xy(0.0, 0.0)),
    ));
    document.set_outline(outline);
    let on = invoice.issued_on();
    let date = DateTime::new(on.year()).month(on.month()).day(on.day());
    document.set_metadata(
        Metadata::new()
            .title(title)
            .language(language.tag().to_owned())
            .authors(vec![invoice.sale().seller.name.clone()])
            .creation_date(date),
    );
    document.finish().map_err(|error| PdfError(format!("{error:?}")))
}

fn kind(invoice: &Invoice, words: &InvoiceTexts) -> &'static str {
    match invoice.kind() {
        InvoiceKind::Invoice => words.invoice,
        InvoiceKind::CreditNote => words.credit_note,
    }
}

/// What is written on.
struct Sheet<'p> {
    surface: Surface<'p>,
    regular: Typeface,
    bold: Typeface,
    /// How far down something was written.
    lowest: f32,
}

impl Sheet<'_> {
    const fn typeface(&self, look: Look) -> &Typeface {
        if look.bold { &self.bold } else { &self.regular }
    }

    /// Draws a line with its base at `y`.
    fn draw(&mut self, line: &Line, look: Look, at: At, y: f32) -> Node {
        self.lowest = self.lowest.max(y);
        let x = match at {
            At::Left(x) => x,
            At::Right(x) => x - line.width * look.size,
        };
        let font = self.typeface(look).font();
        let span = SpanTag::empty();
        let identifier = self.surface.start_tagged(ContentTag::Span(span));
        self.surface.set_fill(Some(fill(look.colour)));
        let start = Point::from_xy(x, y);
        self.surface.draw_glyphs(start, &line.glyphs, font, &line.text, look.size, false);
        self.surface.end_tagged();
        identifier.into()
    }

    /// Writes a text on one line, as a part of something; nothing where there is no text.
    fn word(&mut self, text: &str, look: Look, at: At, y: f32) -> Vec<Node> {
        let line = self.typeface(look).line(text);
        if line.text.is_empty() { Vec::new() } else { vec![self.draw(&line, look, at, y)] }
    }

    /// Writes a text on lines that are not wider than `width`, from `y` on, which goes down with them.
    fn text(
        &mut self,
        text: &str,
        look: Look,
        at: At,
        width: f32,
        most: usize,
        y: &mut f32,
    ) -> Vec<Node> {
        let lines = self.typeface(look).lines(text, width / look.size, most);
        let mut nodes = Vec::new();
        for line in &lines {
            nodes.push(self.draw(line, look, at, *y));
            *y += leading(look);
        }
        nodes
    }

    fn paint(&mut self, left: f32, top: f32, right: f32, bottom: f32, colour: (u8, u8, u8)) {
        let mut path = PathBuilder::new();
        let Some(rect) = Rect::from_ltrb(left, top, right, bottom) else { return };
        path.push_rect(rect);
        let Some(path) = path.finish() else { return };
        self.lowest = self.lowest.max(bottom);
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        self.surface.set_fill(Some(fill(colour)));
        self.surface.draw_path(&path);
        self.surface.end_tagged();
    }

    fn rule(&mut self, left: f32, y: f32) {
        self.paint(left, y, RIGHT, y + 0.6, RULE);
    }
}

fn fill((red, green, blue): (u8, u8, u8)) -> Fill {
    Fill { paint: Color::new(red, green, blue).into(), ..Fill::default() }
}

fn leading(look: Look) -> f32 {
    look.size * 1.36
}

fn group(tag: impl Into<TagKind>, children: Vec<Node>) -> Node {
    TagGroup::with_children(tag, children).into()
}

fn paragraph(children: Vec<Node>) -> Option<Node> {
    (!children.is_empty()).then(|| group(Tag::P, children))
}

/// An invoice, and the words that it is written with.
struct Writing<'i> {
    invoice: &'i Invoice,
    language: Language,
    words: &'static InvoiceTexts,
}

impl Writing<'_> {
    /// Everything, from the top down; in the order in which it is read aloud.
    fn all(&self, sheet: &mut Sheet<'_>, title: &str) -> Vec<Node> {
        sheet.paint(0.0, 0.0, WIDTH, 6.0, ACCENT);
        let mut read = Vec::new();
        let seller = &self.invoice.sale().seller;
        let mut heading = sheet.word(kind(self.invoice, self.words), TITLE, At::Right(RIGHT), 70.0);
        let number = self.invoice.number().to_string();
        heading.extend(sheet.word(&number, NUMBER, At::Right(RIGHT), 88.0));
        read.push(group(Tag::Hn(std::num::NonZeroU16::MIN, Some(title.to_owned())), heading));
        let mut y = 61.0;
        read.extend(self.party(sheet, seller, &mut y));
        y = y.max(118.0) + 10.0;
        sheet.rule(LEFT, y);
        y += 24.0;
        let top = y;
        read.extend(paragraph(sheet.word(self.words.billed_to, LABEL, At::Left(LEFT), y)));
        y += 16.0;
        read.extend(self.party(sheet, &self.invoice.sale().buyer, &mut y));
        let mut beside = top;
        read.extend(self.facts(sheet, &mut beside));
        y = y.max(beside) + 24.0;
        read.push(self.table(sheet, &mut y));
        y += 30.0;
        read.extend(self.remarks(sheet, &mut y));
        read
    }

    /// A party, in the first column.
    fn party(&self, sheet: &mut Sheet<'_>, party: &Buyer, y: &mut f32) -> Vec<Node> {
        let mut paragraphs = Vec::new();
        let at = At::Left(LEFT);
        paragraphs.extend(paragraph(sheet.text(&party.name, NAME, at, FIRST, 3, y)));
        *y += 1.0;
        let town = format!("{} {}", party.postcode, party.city);
        let mut address = sheet.text(&party.street, TEXT, at, FIRST, 4, y);
        address.extend(sheet.text(town.trim(), TEXT, at, FIRST, 3, y));
        let country = countries::name(party.country, self.language);
        address.extend(sheet.text(&country, TEXT, at, FIRST, 1, y));
        paragraphs.extend(paragraph(address));
        let mut reached = Vec::new();
        *y += 3.0;
        if let Some(number) = &party.vat_number {
            let number = self.labelled(self.words.vat_number, number.as_str());
            reached.extend(sheet.text(&number, TEXT, at, FIRST, 1, y));
        }
        reached.extend(sheet.text(party.email.as_str(), TEXT, at, FIRST, 2, y));
        paragraphs.extend(paragraph(reached));
        paragraphs
    }

    /// Days, order and references, in the second column.
    fn facts(&self, sheet: &mut Sheet<'_>, y: &mut f32) -> Vec<Node> {
        let (sale, words) = (self.invoice.sale(), self.words);
        let day = |date| written::day(date, self.language);
        let mut facts = vec![(words.issued_on, day(self.invoice.issued_on()))];
        match self.invoice.takes_back() {
            Some(taken) => facts.extend([
                (words.for_invoice, taken.number.to_string()),
                (words.refunded_on, day(taken.refunded_on)),
            ]),
            None => facts.push((words.paid_on, day(sale.paid_on))),
        }
        facts.push((words.order, sale.order.to_string()));
        if !sale.buyer.reference.is_empty() {
            facts.push((words.your_reference, sale.buyer.reference.clone()));
        }
        let mut paragraphs = Vec::new();
        for (label, value) in facts {
            let mut nodes = sheet.word(label, LABEL, At::Left(MIDDLE), *y);
            *y += 13.0;
            nodes.extend(sheet.text(&value, STRONG, At::Left(MIDDLE), RIGHT - MIDDLE, 4, y));
            *y += 6.0;
            paragraphs.extend(paragraph(nodes));
        }
        paragraphs
    }

    /// What was sold, and the sums.
    fn table(&self, sheet: &mut Sheet<'_>, y: &mut f32) -> Node {
        let (sale, words) = (self.invoice.sale(), self.words);
        let money = |amount| written::money(amount, self.language);
        let (inside, end) = (LEFT + 10.0, RIGHT - 10.0);
        sheet.paint(LEFT, *y - 15.0, RIGHT, *y + 8.0, SOFT);
        let credits_end = 400.0;
        let header = |nodes| group(Tag::TH(TableHeaderScope::Column), nodes);
        let headers = vec![
            header(sheet.word(words.description, HEADER, At::Left(inside), *y)),
            header(sheet.word(words.credits, HEADER, At::Right(credits_end), *y)),
            header(sheet.word(words.amount, HEADER, At::Right(end), *y)),
        ];
        let mut rows = vec![group(Tag::TR, headers)];
        *y += 25.0;
        let top = *y;
        let width = 230.0;
        let mut name = sheet.text(&sale.name, STRONG, At::Left(inside), width, 3, y);
        name.extend(sheet.text(&sale.service, LABEL, At::Left(inside), width, 2, y));
        let credits = number::format(sale.credits.credits(), self.language);
        rows.push(group(
            Tag::TR,
            vec![
                group(Tag::TD, name),
                group(Tag::TD, sheet.word(&credits, TEXT, At::Right(credits_end), top)),
                group(Tag::TD, sheet.word(&money(sale.price.net()), TEXT, At::Right(end), top)),
            ],
        ));
        *y += 1.0;
        sheet.rule(LEFT, *y);
        *y += 20.0;
        let vat = match sale.price.kind().rate() {
            Some(rate) => format!("{} {}", words.vat, written::percent(rate, self.language)),
            None => words.vat.to_owned(),
        };
        for (label, amount) in [(words.net, sale.price.net()), (&*vat, sale.price.tax())] {
            rows.push(sum(sheet, label, &money(amount), (LABEL, TEXT), *y));
            *y += 17.0;
        }
        sheet.paint(SUMS - 12.0, *y - 7.0, RIGHT, *y + 21.0, ACCENT);
        *y += 11.5;
        let label = Look { size: 10.0, ..TOTAL };
        rows.push(sum(sheet, words.gross, &money(sale.price.gross()), (label, TOTAL), *y));
        *y += 14.0;
        group(Tag::Table.with_summary(None), rows)
    }

    /// That it is paid or taken back, and why there is no tax on it.
    fn remarks(&self, sheet: &mut Sheet<'_>, y: &mut f32) -> Vec<Node> {
        let (sale, words) = (self.invoice.sale(), self.words);
        let day = |date| written::day(date, self.language);
        let state = match self.invoice.takes_back() {
            Some(taken) => (words.taken_back)(
                &taken.number.to_string(),
                &day(taken.issued_on),
                &day(taken.refunded_on),
            ),
            None => (words.paid)(&day(sale.paid_on), &sale.payment),
        };
        let note = self.invoice.note().map(|note| match note {
            TaxNote::ReverseCharge => words.reverse_charge,
            TaxNote::Outside => words.outside,
        });
        let mut paragraphs = Vec::new();
        for text in [Some(&*state), note].into_iter().flatten() {
            let width = RIGHT - LEFT;
            paragraphs.extend(paragraph(sheet.text(text, TEXT, At::Left(LEFT), width, 3, y)));
            *y += 7.0;
        }
        paragraphs
    }

    /// Whose it is and which, at the foot of the page.
    fn foot(&self, sheet: &mut Sheet<'_>) -> Vec<Node> {
        let seller = &self.invoice.sale().seller;
        let y = FOOT;
        sheet.rule(LEFT, y - 16.0);
        let name = sheet.regular.lines(&seller.name, 340.0 / SMALL.size, 1);
        let mut nodes: Vec<_> =
            name.iter().map(|line| sheet.draw(line, SMALL, At::Left(LEFT), y)).collect();
        let number = self.invoice.number().to_string();
        nodes.extend(sheet.word(&number, SMALL, At::Right(RIGHT), y));
        paragraph(nodes).into_iter().collect()
    }

    fn labelled(&self, label: &str, value: &str) -> String {
        format!("{label}{}{value}", self.words.colon)
    }
}

/// A row of the table that sums up.
fn sum(sheet: &mut Sheet<'_>, label: &str, amount: &str, looks: (Look, Look), y: f32) -> Node {
    let label = sheet.word(label, looks.0, At::Left(SUMS), y);
    let amount = sheet.word(amount, looks.1, At::Right(RIGHT - 10.0), y);
    let two = std::num::NonZeroU32::new(2);
    group(
        Tag::TR,
        vec![
            group(Tag::TH(TableHeaderScope::Row).with_col_span(two), label),
            group(Tag::TD, amount),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    /// What a page says, and the document around it.
    fn read(bytes: &[u8]) -> (lopdf::Document, String) {
        let document = lopdf::Document::load_mem(bytes).unwrap();
        assert_eq!(document.get_pages().len(), 1);
        let text = document.extract_text(&[1]).unwrap();
        (document, text)
    }

    /// The same without spaces and line breaks, which a reader of PDF guesses.
    fn bare(text: &str) -> String {
        text.chars().filter(|sign| !sign.is_whitespace()).collect()
    }

    #[test]
    fn everything_is_written_in_the_language_of_the_invoice() {
        for (name, invoice) in sample::all() {
            let (_, text) = read(&pdf(&invoice).unwrap());
            let text = bare(&text);
            let language = Language::of(&invoice.sale().language);
            let (words, sale) = (texts(language), invoice.sale());
            let mut said = vec![
                kind(&invoice, words).to_owned(),
                invoice.number().to_string(),
                words.billed_to.to_owned(),
                written::money(sale.price.net(), language),
                written::money(sale.price.tax(), language),
                written::money(sale.price.gross(), language),
                written::day(invoice.issued_on(), language),
                number::format(sale.credits.credits(), language),
            ];
            said.extend(invoice.takes_back().map(|taken| taken.number.to_string()));
            // Those are cut where they are longer than anything is.
            if !name.starts_with("long") {
                for party in [&sale.seller, &sale.buyer] {
                    said.extend([
                        party.name.clone(),
                        party.street.clone(),
                        party.city.clone(),
                        party.reference.clone(),
                        countries::name(party.country, language),
                        party.email.to_string(),
                    ]);
                    said.extend(party.vat_number.as_ref().map(ToString::to_string));
                }
                said.push(sale.name.clone());
                said.push(sale.service.clone());
            }
            said.extend(invoice.note().map(|note| match note {
                TaxNote::ReverseCharge => words.reverse_charge.to_owned(),
                TaxNote::Outside => words.outside.to_owned(),
            }));
            for said in said {
                assert!(text.contains(&bare(&said)), "{name}: {said} in {text}");
            }
        }
    }

    #[test]
    fn it_is_on_a4_tagged_archivable_and_the_same_each_time() {
        for (_, invoice) in sample::all() {
            let bytes = pdf(&invoice).unwrap();
            assert_eq!(bytes, pdf(&invoice).unwrap());
            let (document, _) = read(&bytes);
            let catalogue = document.catalog().unwrap();
            for key in [&b"StructTreeRoot"[..], b"MarkInfo", b"Lang", b"OutputIntents", b"Metadata"]
            {
                assert!(catalogue.has(key), "{}", String::from_utf8_lossy(key));
            }
            let page = document.get_pages()[&1];
            let media = document.get_dictionary(page).unwrap().get(b"MediaBox").unwrap();
            let corners: Vec<f32> =
                media.as_array().unwrap().iter().map(|it| it.as_float().unwrap()).collect();
            assert_eq!(corners, [0.0, 0.0, WIDTH, HEIGHT]);
            let metadata = catalogue.get(b"Metadata").unwrap().as_reference().unwrap();
            let stream = document.get_object(metadata).unwrap().as_stream().unwrap();
            let xmp = String::from_utf8(stream.content.clone()).unwrap();
            assert!(xmp.contains("pdfaid:part") && xmp.contains("pdfuaid:part"), "{xmp}");
            assert!(xmp.contains(&invoice.number().to_string()));
        }
    }
}
