//! What providers say of somebody beside the claims of the standard.

use openidconnect::AdditionalClaims;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What providers say of somebody beside the claims of the standard.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Extra {
    /// The groups that somebody is in, as Keycloak, Entra, Okta and others tell them if asked to; some
    /// write one alone as a text.
    #[serde(default)]
    groups: Value,
    /// Entra's word for `email_verified`, which it does not have: whether the owner of the address's
    /// domain is verified, as `true` or `"1"`.
    #[serde(default)]
    xms_edov: Value,
}

impl AdditionalClaims for Extra {}

impl Extra {
    /// The groups; none where nothing is said of them.
    pub(super) fn groups(&self) -> Option<Vec<String>> {
        match &self.groups {
            Value::String(group) => Some(vec![group.clone()]),
            Value::Array(groups) => {
                Some(groups.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            }
            _ => None,
        }
    }

    /// Whether Entra has verified the address.
    pub(super) fn domain_owner_is_verified(&self) -> bool {
        match &self.xms_edov {
            Value::Bool(verified) => *verified,
            Value::String(word) => matches!(word.as_str(), "1" | "true" | "True"),
            Value::Number(number) => number.as_u64() == Some(1),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(claims: Value) -> Extra {
        serde_json::from_value(claims).unwrap()
    }

    #[test]
    fn groups_are_a_list_or_a_text() {
        assert_eq!(read(json!({})).groups(), None);
        assert_eq!(read(json!({"groups": "a"})).groups(), Some(vec!["a".to_owned()]));
        assert_eq!(read(json!({"groups": ["a", 7]})).groups(), Some(vec!["a".to_owned()]));
        assert_eq!(read(json!({"groups": {"a": true}})).groups(), None);
    }

    #[test]
    fn nothing_is_verified_unless_it_is_said() {
        for (said, expected) in [
            (json!({}), false),
            (json!({"xms_edov": true}), true),
            (json!({"xms_edov": "1"}), true),
            (json!({"xms_edov": 1}), true),
            (json!({"xms_edov": "false"}), false),
            (json!({"xms_edov": 0}), false),
            (json!({"xms_edov": null}), false),
        ] {
            assert_eq!(read(said.clone()).domain_owner_is_verified(), expected, "{said}");
        }
    }
}
