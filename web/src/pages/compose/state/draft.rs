//! Drafts: what is being written is kept in this browser, a draft for each tab.
//!
//! A tab holds a lock on its draft (Web Locks), so that no other tab of this browser writes it. A
//! new tab takes up the newest draft that no tab holds; a duplicated tab gets a copy.

use std::time::Duration;

use iap_core::sort::sorted;
use leptos::prelude::{StoredValue as LocalValue, *};

use super::Composer;
use crate::lock::{self, Lock, Otherwise};
use crate::pause::Pause;
use crate::reactive::{RwSignal, StoredValue, effect};
use crate::{clock, storage};

/// What is kept of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// When it was last changed: milliseconds since 1970-01-01 UTC.
    pub changed: u64,
    /// The recipients, as typed.
    pub recipients: Vec<String>,
    /// What stands in the field of recipients and is not among them yet: one line.
    pub entry: String,
    /// The text.
    pub text: String,
}

impl Draft {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.recipients.is_empty() && self.entry.is_empty() && self.text.is_empty()
    }

    /// As kept in storage: a line with the time, the number of recipients and what is being typed
    /// to become one, a line for each recipient, and the text.
    #[must_use]
    pub fn to_storage(&self) -> String {
        let mut kept = format!("{} {} {}\n", self.changed, self.recipients.len(), self.entry);
        for recipient in &self.recipients {
            kept.push_str(recipient);
            kept.push('\n');
        }
        kept + &self.text
    }

    /// Reads what [`to_storage`](Self::to_storage) wrote; none for anything else.
    #[must_use]
    pub fn from_storage(kept: &str) -> Option<Self> {
        let (head, mut rest) = kept.split_once('\n')?;
        let (changed, head) = head.split_once(' ')?;
        // Drafts used to be kept without what is being typed.
        let (count, entry) = head.split_once(' ').unwrap_or((head, ""));
        let mut recipients = Vec::new();
        for _ in 0..count.parse::<usize>().ok()? {
            let (recipient, after) = rest.split_once('\n')?;
            recipients.push(recipient.to_owned());
            rest = after;
        }
        Some(Self {
            changed: changed.parse().ok()?,
            recipients,
            entry: entry.to_owned(),
            text: rest.to_owned(),
        })
    }
}

/// Storage keys and locks of drafts begin so.
const PREFIX: &str = "iap.draft.";
/// Where a tab remembers its draft over a reload.
const SESSION_KEY: &str = "iap.draft";
/// So many drafts are kept; older ones go.
const MOST: usize = 20;
/// How long typing must pause before the draft is kept.
const PAUSE: Duration = Duration::from_millis(400);

/// The drafts of this browser, one of them this tab's.
#[derive(Debug, Clone, Copy)]
pub struct Drafts {
    /// Whether the last attempt to keep the draft failed.
    pub lost: RwSignal<bool>,
    id: StoredValue<String>,
    /// Gives the lock on this tab's draft back.
    release: LocalValue<Option<Lock>, LocalStorage>,
    pause: Pause,
}

impl Default for Drafts {
    fn default() -> Self {
        Self {
            lost: RwSignal::new(false),
            id: StoredValue::new(new_id()),
            release: LocalValue::new_local(None),
            pause: Pause::new(PAUSE),
        }
    }
}

impl Drafts {
    /// Takes up this tab's draft and keeps it from now on.
    pub(super) fn start(self, composer: Composer) {
        let before = session().and_then(|session| session.get_item(SESSION_KEY).ok().flatten());
        if let Some(id) = before {
            // A reload: what was there must be there at once.
            self.adopt(&id, composer);
            self.hold(id, move |held| {
                if !held {
                    // The tab was duplicated. The draft stays with the other one.
                    self.become_new(composer);
                }
            });
        } else {
            let ids = all().into_iter().map(|(id, _)| id).rev().collect();
            self.take_up(ids, composer);
        }
        effect(move |first| {
            composer.text.track();
            composer.list.track();
            composer.entry.track();
            composer.reading.track();
            if !first {
                self.pause.begin(move || self.keep(composer));
            }
        });
        // The last moment at which a page that is closed may still do something.
        let handle = window_event_listener_untyped("pagehide", move |_| self.keep(composer));
        on_cleanup(move || handle.remove());
    }

    /// Takes up the newest draft that no other tab holds; `ids` from the oldest to the newest.
    fn take_up(self, mut ids: Vec<String>, composer: Composer) {
        match ids.pop() {
            Some(id) if lock::are_there() => self.hold(id.clone(), move |held| {
                if held {
                    self.adopt(&id, composer);
                } else {
                    self.take_up(ids, composer);
                }
            }),
            _ => self.become_new(composer),
        }
    }

    fn adopt(self, id: &str, composer: Composer) {
        self.remember(id);
        // What was written while the lock was asked for is not overwritten.
        if untrack(move || composer.is_empty())
            && let Some(draft) = read(id)
        {
            composer.add(draft.recipients);
            composer.entry.set(draft.entry);
            composer.write(draft.text);
        }
    }

    fn become_new(self, composer: Composer) {
        let id = new_id();
        self.remember(&id);
        self.hold(id, |_| {});
        self.keep(composer);
    }

    fn remember(self, id: &str) {
        self.id.set_value(id.to_owned());
        if let Some(session) = session() {
            let _ = session.set_item(SESSION_KEY, id);
        }
    }

    fn keep(self, composer: Composer) {
        let draft = Draft {
            changed: now(),
            recipients: composer.typed(),
            entry: composer.entry.get_untracked(),
            text: composer.text.get_untracked(),
        };
        let key = self.id.with_value(|id| format!("{PREFIX}{id}"));
        if draft.is_empty() {
            storage::remove(&key);
            self.lost.set(false);
        } else {
            let kept = storage::set(&key, &draft.to_storage());
            self.lost.set(!kept);
        }
    }

    /// The drafts that no tab holds, the newest first, handed to `found` when they are known.
    pub fn others(self, found: impl FnOnce(Vec<(String, Draft)>) + 'static) {
        let own = self.id.get_value();
        lock::held(move |held| {
            let free = |id: &String| *id != own && !held.contains(&format!("{PREFIX}{id}"));
            found(all().into_iter().filter(|(id, _)| free(id)).collect());
        });
    }

    /// Leaves this draft in the list and goes on with another one.
    pub fn open(self, id: &str, composer: Composer) {
        self.leave(composer);
        self.adopt(id, composer);
        self.hold(id.to_owned(), move |held| {
            if !held {
                self.become_new(composer);
            }
        });
    }

    /// Leaves this draft in the list and begins a new one.
    pub fn open_new(self, composer: Composer) {
        self.leave(composer);
        self.become_new(composer);
    }

    /// Deletes a draft that is not this tab's; gives it as it was kept.
    pub fn delete(id: &str) -> Option<String> {
        let key = format!("{PREFIX}{id}");
        let kept = storage::get(&key);
        storage::remove(&key);
        kept
    }

    /// Keeps a deleted draft again. Whether there is room for it.
    pub fn put_back(id: &str, kept: &str) -> bool {
        storage::set(&format!("{PREFIX}{id}"), kept)
    }

    fn leave(self, composer: Composer) {
        self.keep(composer);
        if let Some(lock) = self.release.try_update_value(Option::take).flatten() {
            lock.release();
        }
        composer.remove_all();
        composer.removed.set(Vec::new());
        composer.entry.set(String::new());
        composer.write(String::new());
        composer.preview.set(None);
    }

    /// Asks for the lock on a draft, and says whether this tab has it now. Where there are no locks it
    /// has.
    fn hold(self, id: String, done: impl FnOnce(bool) + 'static) {
        if !lock::are_there() {
            return done(true);
        }
        lock::hold(&format!("{PREFIX}{id}"), Otherwise::GiveUp, move |lock| {
            let held = lock.is_some();
            if held {
                self.release.set_value(lock);
            }
            done(held);
        });
    }
}

/// Every draft in storage, the newest first; those beyond the most are deleted.
fn all() -> Vec<(String, Draft)> {
    let all: Vec<_> = storage::keys()
        .into_iter()
        .filter_map(|key| {
            let id = key.strip_prefix(PREFIX)?.to_owned();
            let draft = read(&id)?;
            Some((id, draft))
        })
        .collect();
    let mut all = sorted(all, &|(_, a), (_, b)| b.changed.cmp(&a.changed));
    for (id, _) in all.drain(MOST.min(all.len())..) {
        storage::remove(&format!("{PREFIX}{id}"));
    }
    all
}

fn read(id: &str) -> Option<Draft> {
    Draft::from_storage(&storage::get(&format!("{PREFIX}{id}"))?)
}

fn session() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

fn new_id() -> String {
    // Told apart by time and chance; nothing depends on its being hard to guess.
    let chance = clock::digits(js_sys::Math::random());
    format!("{}-{}", now(), chance.trim_start_matches("0."))
}

/// Milliseconds since 1970-01-01 UTC.
fn now() -> u64 {
    u64::try_from(clock::now().millis()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn storage_keeps_everything() {
        for (recipients, entry, text) in [
            (vec![], "", ""),
            (vec!["+32470123456", "0470 12 34 (too short)"], "", "line\nline\n\n{{name}} 😀"),
            (vec!["a b"], " 0470 12 ", "\n"),
            (vec![], "+", ""),
        ] {
            let recipients = recipients.into_iter().map(str::to_owned).collect();
            let (entry, text) = (entry.to_owned(), text.to_owned());
            let draft = Draft { changed: 1_790_000_000_000, recipients, entry, text };
            assert_eq!(Draft::from_storage(&draft.to_storage()), Some(draft));
        }
        for other in ["", "1", "1 x\n", "1 5\na\n", "x 0\n"] {
            assert_eq!(Draft::from_storage(other), None, "{other:?}");
        }
    }

    #[test]
    fn drafts_kept_before_entries_were_are_read() {
        let kept = "1790000000000 2\n+32470123456\n0470 12 34\nline\n  line";
        let recipients = vec!["+32470123456".to_owned(), "0470 12 34".to_owned()];
        let (entry, text) = (String::new(), "line\n  line".to_owned());
        let draft = Draft { changed: 1_790_000_000_000, recipients, entry, text };
        assert_eq!(Draft::from_storage(kept), Some(draft));
    }
}
