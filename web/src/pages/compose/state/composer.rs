//! The message being written.

use std::collections::VecDeque;

use iap_core::phone::{self, PhoneNumber, Region, plans_ready};
use iap_core::pricing::Quote;
use iap_core::sms::template::Template;
use leptos::prelude::*;

use super::message::{Insight, Needed, Shown};
use super::{Added, Contacts, Drafts, RecipientList};
use crate::backend::{Contact, demo};
use crate::clock;
use crate::i18n::use_i18n;
use crate::plans::{Plans, use_plans};
use crate::reactive::{Memo, RwSignal, StoredValue, effect};
use crate::settings::use_settings;
use crate::state::{Root, use_accounts, use_rates};
use crate::ui::use_toasts;

/// The message being written, and what follows from it. Cheap to copy; given to all pages as a
/// context, once the composer was opened.
#[derive(Debug, Clone, Copy)]
pub struct Composer {
    /// The text, as the text field holds it.
    pub text: RwSignal<String>,
    /// Counts how often the program wrote the text, so that the fields take it over. What a
    /// person types is never written back: that would move the caret and break input methods.
    pub written: RwSignal<u32>,
    /// The recipients.
    pub list: RwSignal<RecipientList>,
    /// What stands in the field of recipients and is not among them yet.
    pub entry: RwSignal<String>,
    /// Numbers read and numbers given, while a long list is being read.
    pub reading: RwSignal<Option<(usize, usize)>>,
    /// Duplicates merged since the list was last empty or told.
    pub merged: RwSignal<u64>,
    /// What was typed for the recipients removed last, until something else is done.
    pub removed: RwSignal<Vec<String>>,
    /// For which recipient the text is shown, by id; none for the first one that gets it.
    pub preview: RwSignal<Option<u32>>,
    /// The text as that recipient's phone shows it.
    pub shown: Memo<Shown>,
    /// The parts it needs for each recipient.
    pub needed: Memo<Needed>,
    /// What can be said about the text itself.
    pub insight: Memo<Insight>,
    /// What sending costs; none where the amount is out of range.
    pub quote: Memo<Option<Quote>>,
    /// Whether the text has placeholders.
    pub has_fields: Memo<bool>,
    /// The drafts of this browser.
    pub drafts: Drafts,
    contacts: StoredValue<Contacts>,
    /// Numbers to be read.
    queue: StoredValue<VecDeque<String>>,
}

/// How long numbers are read before the page may react to something else, in milliseconds. A
/// quarter of a frame, for a processor four times slower.
const SLICE: f64 = 4.0;

impl Composer {
    /// An empty message, or the draft of this tab. Call it once.
    fn start() -> Self {
        let settings = use_settings();
        let composer = Self::new(Drafts::default());
        provide_context(composer);
        effect(move |_| {
            let region = settings.get().region.or(demo::home());
            composer.list.update(|list| list.set_region(region));
        });
        let (t, toasts, rates) = (use_i18n(), use_toasts(), use_rates());
        effect(move |first| {
            let prices = rates.prices.get();
            if composer.list.with_untracked(|list| list.is_priced_by(&prices.card)) {
                return;
            }
            // Whoever looks at a cost is told why it becomes another one.
            if !first && composer.list.with_untracked(|list| !list.all().is_empty()) {
                toasts.show(untrack(|| t.cost_changed().to_owned()));
            }
            composer.list.update(|list| list.set_card(prices.card));
        });
        composer.drafts.start(composer);
        let plans = use_plans();
        effect(move |_| {
            if plans.get() == Plans::Ready {
                composer.read_slice();
            }
        });
        composer
    }

    fn new(drafts: Drafts) -> Self {
        let settings = use_settings();
        let contacts = StoredValue::new(Contacts::new(demo::contacts()));
        let text = RwSignal::new(String::new());
        let region = settings.get_untracked().region.or(demo::home());
        let card = use_rates().prices.with_untracked(|prices| prices.card.clone());
        let list = RwSignal::new(RecipientList::new(card, clock::today(), region));
        let balance = use_accounts().balance();
        let preview = RwSignal::new(None);
        let options = Memo::new(move |_| settings.get().count_options());
        let cap = Memo::new(move |_| settings.get().cap());

        let has_fields =
            Memo::new(move |_| text.with(|text| !Template::parse(text).fields().is_empty()));
        let shown = Memo::new(move |_| {
            let recipient = if has_fields.get() { previewed(list, preview) } else { None };
            let Some(number) = recipient else { return Shown::new(text.get(), options.get()) };
            contacts.with_value(|contacts| {
                text.with(|text| Shown::to(contacts.get(&number), text, options.get()))
            })
        });
        let needed = Memo::new(move |_| {
            // Without placeholders all is counted already.
            if !has_fields.get() {
                return Needed::Same(shown.with(|shown| shown.count.parts));
            }
            contacts.with_value(|contacts| {
                text.with(|text| list.with(|list| Needed::new(text, list, contacts, options.get())))
            })
        });
        let insight =
            Memo::new(move |_| text.with(|text| Insight::new(text, options.get(), cap.get())));
        let quote = Memo::new(move |_| {
            list.with(|list| {
                needed.with(|needed| needed.quote(list, cap.get(), balance.get())).ok()
            })
        });
        Self {
            text,
            written: RwSignal::new(0),
            list,
            entry: RwSignal::new(String::new()),
            reading: RwSignal::new(None),
            merged: RwSignal::new(0),
            removed: RwSignal::new(Vec::new()),
            preview,
            shown,
            needed,
            insight,
            quote,
            has_fields,
            drafts,
            contacts,
            queue: StoredValue::new(VecDeque::new()),
        }
    }

    /// Writes the text; the text field takes it over.
    pub fn write(self, text: String) {
        self.text.set(text);
        self.written.update(|written| *written = written.wrapping_add(1));
    }

    /// Adds the numbers in a text, as typed, pasted or dropped: many at once, with names beside
    /// them, on lines or between commas.
    pub fn enter(self, text: &str) {
        let pieces = phone::split(text).filter_map(|piece| text.get(piece.range));
        self.add(pieces.map(str::to_owned));
    }

    /// Adds numbers, as typed. Few are there at once; many are read in slices, so that the page
    /// stays responsive.
    pub fn add(self, typed: impl IntoIterator<Item = String>) {
        self.removed.set(Vec::new());
        let idle = self.queue.with_value(VecDeque::is_empty);
        self.queue.update_value(|queue| queue.extend(typed));
        if idle || !plans_ready() {
            self.merged.set(0);
            self.read_slice();
        }
    }

    #[expect(clippy::float_arithmetic, reason = "the browser's clock")]
    fn read_slice(self) {
        if !plans_ready() {
            let waiting = self.queue.with_value(VecDeque::len);
            self.reading.set((waiting > 0).then_some((0, waiting)));
            return;
        }
        let end = now() + SLICE;
        let Some(mut queue) = self.queue.try_update_value(std::mem::take) else { return };
        let mut merged = 0;
        self.list.update(|list| {
            while let Some(typed) = queue.pop_front() {
                let number = number_in(&typed, list.region());
                if list.add(number) == Added::Duplicate {
                    merged += 1;
                }
                if now() > end {
                    break;
                }
            }
        });
        if merged > 0 {
            self.merged.update(|all| *all += merged);
        }
        if queue.is_empty() {
            self.reading.set(None);
        } else {
            let done = self.list.with_untracked(|list| list.all().len());
            self.reading.set(Some((done, done + queue.len())));
            self.queue.set_value(queue);
            set_timeout(move || self.read_slice(), std::time::Duration::ZERO);
        }
    }

    /// What was typed for every recipient, those included that are still to be read.
    #[must_use]
    pub fn typed(self) -> Vec<String> {
        let mut typed: Vec<_> = self.list.with_untracked(|list| {
            list.all().iter().map(|recipient| recipient.typed.clone()).collect()
        });
        self.queue.with_value(|queue| typed.extend(queue.iter().cloned()));
        typed
    }

    /// Takes one recipient away; gives back what was typed.
    pub fn remove(self, id: u32) -> Option<String> {
        let gone = self.list.try_update(|list| list.remove(|recipient| recipient.id == id))?;
        self.removed.set(gone.clone());
        self.merged.set(0);
        gone.into_iter().next()
    }

    /// Takes all recipients away.
    pub fn remove_all(self) {
        self.queue.set_value(VecDeque::new());
        let gone = self.list.try_update(|list| list.remove(|_| true)).unwrap_or_default();
        self.removed.set(gone);
        self.merged.set(0);
        self.reading.set(None);
    }

    /// Whether nothing is written: no text, no recipient, and none that is still to be read.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.text.with(String::is_empty)
            && self.entry.with(String::is_empty)
            && self.list.with(|list| list.all().is_empty())
            && self.reading.with(Option::is_none)
    }

    /// Brings back the recipients removed last.
    pub fn restore(self) {
        let removed = self.removed.get_untracked();
        self.add(removed);
    }

    /// The contacts of the database.
    #[must_use]
    pub fn contacts(self) -> Vec<Contact> {
        self.contacts.with_value(|contacts| contacts.all().to_vec())
    }

    /// Looks something up among the contacts.
    pub fn with_contacts<T>(self, look: impl FnOnce(&Contacts) -> T) -> T {
        self.contacts.with_value(look)
    }

    /// The recipient the text is shown for: the chosen one, or the first that can be reached.
    #[must_use]
    pub fn previewed(self) -> Option<PhoneNumber> {
        previewed(self.list, self.preview)
    }
}

fn previewed(list: RwSignal<RecipientList>, preview: RwSignal<Option<u32>>) -> Option<PhoneNumber> {
    let chosen = preview.get();
    list.with(|list| {
        let all = list.all().iter();
        let chosen = all.clone().find(|recipient| Some(recipient.id) == chosen);
        let first = || all.clone().enumerate().find(|(place, _)| list.refusal(*place).is_none());
        chosen.or_else(|| first().map(|(_, recipient)| recipient))?.number()
    })
}

/// The number in what was typed for one recipient, without a name beside it. What does not read as
/// a number stays whole, so that nothing typed is lost.
fn number_in(typed: &str, home: Option<Region>) -> &str {
    let mut pieces = phone::split(typed);
    match (pieces.next().and_then(|piece| typed.get(piece.number)), pieces.next()) {
        (Some(number), None) if phone::parse(number, home).is_ok() => number,
        _ => typed,
    }
}

/// The message being written. Outside the application an empty one that is kept nowhere.
#[must_use]
pub fn use_composer() -> Composer {
    use_context::<Composer>().unwrap_or_else(|| {
        let kept = use_context::<Root>().map(|root| root.with(Composer::start));
        kept.unwrap_or_else(|| Composer::new(Drafts::default()))
    })
}

/// Milliseconds from some moment on.
fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}
