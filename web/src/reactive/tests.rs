use leptos::prelude::Owner;

use super::{Callback, Memo, RwSignal, Signal, StoredValue, memo};

fn owned<R>(test: impl FnOnce() -> R) -> R {
    Owner::new().with(test)
}

#[test]
fn a_signal_is_set_and_changed() {
    owned(|| {
        let signal = RwSignal::new(vec![1]);
        signal.update(|all| all.push(2));
        assert_eq!(signal.try_update(Vec::pop), Some(Some(2)));
        assert_eq!(signal.get_untracked(), [1]);
        signal.set(Vec::new());
        assert!(signal.with_untracked(Vec::is_empty));
        assert_eq!(signal.try_get(), Some(Vec::new()));
    });
}

#[test]
fn a_memo_follows_and_passes_on_only_what_differs() {
    owned(|| {
        let number = RwSignal::new(1);
        let runs = StoredValue::new(0);
        let parity = memo(move || number.get() % 2);
        let shown = Memo::new(move |before: Option<&String>| {
            runs.update_value(|runs| *runs += 1);
            format!("{}{}", before.map_or("", String::as_str), parity.get())
        });
        assert_eq!(shown.get(), "1");
        number.set(3);
        assert_eq!(shown.get(), "1");
        assert_eq!(runs.get_value(), 1);
        number.set(4);
        assert_eq!(shown.with(String::len), 2);
        assert_eq!(shown.get(), "10");
        assert_eq!(runs.get_value(), 2);
    });
}

#[test]
fn a_signal_to_read_is_any_of_them() {
    owned(|| {
        let number = RwSignal::new(1);
        let from: [Signal<i32>; 5] = [
            number.into(),
            memo(move || number.get()).into(),
            Signal::from(move || number.get()),
            Signal::stored(2),
            Signal::default(),
        ];
        number.set(7);
        assert_eq!(from.map(Signal::get), [7, 7, 7, 2, 0]);
    });
}

#[test]
fn a_callback_gets_its_value() {
    owned(|| {
        let got = StoredValue::new(String::new());
        let callback = Callback::from(move |text: String| got.set_value(text));
        callback.run("a".to_owned());
        assert_eq!(got.get_value(), "a");
    });
}

#[test]
fn what_is_gone_is_not_read() {
    let owner = Owner::new();
    let (signal, stored) = owner.with(|| (RwSignal::new(1), StoredValue::new(2)));
    assert_eq!((signal.try_get(), stored.try_get_value()), (Some(1), Some(2)));
    owner.cleanup();
    assert_eq!((signal.try_get(), stored.try_get_value()), (None, None));
    assert_eq!(signal.try_update(|value| *value), None);
}
