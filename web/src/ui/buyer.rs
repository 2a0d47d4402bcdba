//! Who stands on an invoice: the fields, and what is wrong with each.

use iap_core::api::{Buyer, Problem};
use iap_core::billing::{BuyerError, BuyerField};
use leptos::prelude::*;

use super::{Field, Select, TextField};
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Memo, RwSignal, Signal};

/// Whose fields they are: hints depend on it, rules do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// Who buys.
    Buyer,
    /// Who sells.
    Seller,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Wrong {
    /// By core's rule, which is told in the page's language.
    Rule(BuyerError),
    /// As the server says it.
    Told(String),
}

/// What is typed in a field, and what is wrong with it.
#[derive(Debug, Clone, Copy)]
struct Typed {
    field: BuyerField,
    text: RwSignal<String>,
    error: RwSignal<Option<Wrong>>,
}

/// The fields of who buys or sells. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct BuyerFields([Typed; BuyerField::ALL.len()]);

impl BuyerFields {
    /// Filled in with what is known.
    #[must_use]
    pub fn new(known: &Buyer) -> Self {
        Self(BuyerField::ALL.map(|field| Typed {
            field,
            text: RwSignal::new(known.field(field).to_owned()),
            error: RwSignal::new(None),
        }))
    }

    /// What is typed; follows it.
    #[must_use]
    pub fn typed(self) -> Buyer {
        let mut buyer = Buyer::default();
        for it in self.0 {
            *buyer.field_mut(it.field) = it.text.get();
        }
        buyer
    }

    /// Puts something else into the fields, with which nothing is wrong.
    pub fn put(self, known: &Buyer) {
        for it in self.0 {
            let _ = it.text.try_set(known.field(it.field).to_owned());
        }
        self.tell(&[]);
    }

    /// Tells beside each field what is wrong with it, and with no other that anything is.
    pub fn tell(self, wrong: &[(BuyerField, BuyerError)]) {
        for it in self.0 {
            let error = wrong.iter().find(|(field, _)| *field == it.field);
            let _ = it.error.try_set(error.map(|(_, error)| Wrong::Rule(*error)));
        }
    }

    /// Tells beside each field what the server says is wrong with it, where it names them as fields of
    /// `whole`; whether it does.
    #[must_use]
    pub fn tell_problem(self, whole: &str, problem: &Problem) -> bool {
        let mut told = false;
        for wrong in &problem.fields {
            let name = wrong.field.strip_prefix(whole).and_then(|name| name.strip_prefix('.'));
            if let Some(it) = self.0.iter().find(|it| Some(it.field.as_str()) == name) {
                let _ = it.error.try_set(Some(Wrong::Told(wrong.detail.clone())));
                told = true;
            }
        }
        told
    }

    /// The inputs, in the order of [`BuyerField::ALL`].
    #[must_use]
    pub fn inputs(self, party: Party) -> [Node; BuyerField::ALL.len()] {
        self.0.map(|it| {
            if it.field == BuyerField::Country {
                view! { <Country typed=it/> }
            } else {
                view! { <Line typed=it party=party/> }
            }
        })
    }
}

/// A line of text.
#[component]
fn Line(typed: Typed, party: Party) -> Node {
    let t = use_i18n();
    let (label, autocomplete): (fn(I18n) -> &'static str, _) = match typed.field {
        BuyerField::Name => (I18n::shop_name, "organization"),
        BuyerField::Street => (I18n::shop_street, "street-address"),
        BuyerField::Postcode => (I18n::shop_postcode, "postal-code"),
        BuyerField::City => (I18n::shop_city, "address-level2"),
        BuyerField::Country => (I18n::shop_country, "country"),
        BuyerField::VatNumber => (I18n::shop_vat_number, "off"),
        BuyerField::Email if party == Party::Seller => (I18n::house_seller_email, "email"),
        BuyerField::Email => (I18n::shop_email, "email"),
        BuyerField::Reference => (I18n::shop_reference, "off"),
    };
    let hint = move || match (typed.field, party) {
        (BuyerField::VatNumber, Party::Buyer) => t.shop_vat_number_hint(),
        (BuyerField::VatNumber, Party::Seller) => t.house_seller_vat_hint(),
        (BuyerField::Reference, _) => t.shop_reference_hint(),
        _ => "",
    };
    let inputmode = if typed.field == BuyerField::Email { "email" } else { "text" };
    let error = Signal::derive(move || typed.error.get().map(|error| sentence(t, error)));
    view! {
        <TextField
            label=tr(label)
            hint=hint
            error=error
            value=typed.text
            autocomplete=autocomplete
            inputmode=inputmode
        />
    }
}

#[component]
fn Country(typed: Typed) -> Node {
    let t = use_i18n();
    let options = Memo::new(move |_| {
        let mut options = vec![(String::new(), t.shop_country_none().to_owned())];
        options.extend(format::regions(t.locale()));
        options
    });
    let error = Signal::derive(move || typed.error.get().map(|error| sentence(t, error)));
    view! {
        <Field label=tr(I18n::shop_country) error=error let:field>
            <Select
                options=options
                value=typed.text
                on_change=move |code: String| typed.text.set(code)
                attr:id=field.id
                attr:autocomplete="country"
                attr:aria-describedby=field.by
                attr:aria-invalid=move || field.invalid.get().to_string()
            />
        </Field>
    }
}

/// What is wrong, in the page's language where it is the rule's word.
fn sentence(t: I18n, error: Wrong) -> String {
    let error = match error {
        Wrong::Rule(error) => error,
        Wrong::Told(told) => return told,
    };
    match error {
        BuyerError::Missing => t.shop_missing().to_owned(),
        BuyerError::TooLong(most) => t.shop_too_long(t.number(most)),
        BuyerError::NotPrintable => t.shop_not_printable().to_owned(),
        BuyerError::Country => t.shop_country_none().to_owned(),
        BuyerError::VatNumber(error) if error.example.is_empty() => t.shop_vat_any().to_owned(),
        BuyerError::VatNumber(error) => t.shop_vat_example(error.example),
        BuyerError::Email => t.sign_in_email_wrong().to_owned(),
    }
}
