//! What something costs with its tax.

use iap_core::billing::{Tax, Taxed};

use crate::dom::{Node, view};
use crate::format;
use crate::i18n::I18n;

/// The tax, and what it comes to under the name of `total`: lines of a list.
pub(in crate::pages) fn sums(t: I18n, taxed: &Taxed, total: &'static str) -> Node {
    let (label, amount) = match taxed.kind() {
        Tax::Standard(rate) => {
            let rate = format::decimal(t.locale(), &rate.to_string());
            (t.shop_tax(rate), Some(format::money(t.locale(), taxed.tax())))
        }
        Tax::ReverseCharge => (t.shop_reverse_charge().to_owned(), None),
        Tax::Outside => (t.shop_no_tax().to_owned(), None),
    };
    view! {
        <div><dt>{label}</dt><dd>{amount}</dd></div>
        <div class="shop-sums-total">
            <dt>{total}</dt>
            <dd>{format::money(t.locale(), taxed.gross())}</dd>
        </div>
    }
}
