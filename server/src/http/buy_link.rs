//! Where credits are bought.

use url::form_urlencoded::Serializer;

use crate::store::AccountKey;

/// The page where credits are bought for the account of a database for a service. It holds the
/// account's key, with which one can buy and do nothing else; not its token.
pub(crate) fn buy_link(
    public_url: &str,
    service: &str,
    database: &str,
    account: &AccountKey,
) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("service", service);
    query.append_pair("database", database);
    query.append_pair("account", account.as_str());
    format!("{public_url}/buy?{}", query.finish())
}
