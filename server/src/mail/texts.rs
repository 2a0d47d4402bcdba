//! The words of mails in each language.
//!
//! What stands in for a name is put where the language needs no ending for it. Numbers stand behind
//! a label, so that no language needs a plural.

use super::language::Language;

/// The words of the warning that credits run low.
#[derive(Debug)]
pub(super) struct LowCreditTexts {
    /// With the service.
    pub(super) subject: fn(&str) -> String,
    pub(super) greeting: &'static str,
    /// With the service.
    pub(super) fallen: fn(&str) -> String,
    pub(super) available: &'static str,
    pub(super) threshold: &'static str,
    pub(super) database: &'static str,
    pub(super) buy: &'static str,
    /// What comes between a label and its value.
    pub(super) colon: &'static str,
    pub(super) settings: &'static str,
    /// With the host.
    pub(super) automatic: fn(&str) -> String,
}

pub(super) const fn low_credit(language: Language) -> &'static LowCreditTexts {
    match language {
        Language::English => &LowCreditTexts {
            subject: |service| format!("{service}: your credits are running low"),
            greeting: "Hello,",
            fallen: |service| {
                format!("The credits available for {service} have fallen below your threshold.")
            },
            available: "Available credits",
            threshold: "Threshold",
            database: "Database",
            buy: "Buy credits",
            colon: ": ",
            settings: "You get one such message each time credits fall below the threshold. You can \
                       change the threshold and the recipients in the settings of the account, in \
                       your software.",
            automatic: |host| format!("This message was sent automatically by {host}."),
        },
        Language::French => &LowCreditTexts {
            subject: |service| format!("{service}\u{a0}: vos crédits s’épuisent"),
            greeting: "Bonjour,",
            fallen: |service| {
                format!(
                    "Les crédits disponibles pour {service} sont passés sous votre seuil d’alerte."
                )
            },
            available: "Crédits disponibles",
            threshold: "Seuil d’alerte",
            database: "Base de données",
            buy: "Acheter des crédits",
            colon: "\u{a0}: ",
            settings: "Vous recevez un seul message chaque fois que les crédits passent sous le \
                       seuil. Le seuil et les destinataires se modifient dans les paramètres du \
                       compte, dans votre logiciel.",
            automatic: |host| format!("Ce message a été envoyé automatiquement par {host}."),
        },
        Language::Dutch => &LowCreditTexts {
            subject: |service| format!("{service}: uw credits raken op"),
            greeting: "Goedendag,",
            fallen: |service| {
                format!("De beschikbare credits voor {service} zijn onder uw drempel gezakt.")
            },
            available: "Beschikbare credits",
            threshold: "Drempel",
            database: "Database",
            buy: "Credits kopen",
            colon: ": ",
            settings: "U krijgt één bericht telkens wanneer de credits onder de drempel zakken. De \
                       drempel en de ontvangers kunt u wijzigen in de instellingen van het account, \
                       in uw software.",
            automatic: |host| format!("Dit bericht is automatisch verzonden door {host}."),
        },
        Language::Romanian => &LowCreditTexts {
            subject: |service| format!("{service}: creditele sunt pe terminate"),
            greeting: "Bună ziua,",
            fallen: |service| {
                format!("Creditele disponibile pentru {service} au scăzut sub pragul stabilit.")
            },
            available: "Credite disponibile",
            threshold: "Prag de avertizare",
            database: "Bază de date",
            buy: "Cumpărați credite",
            colon: ": ",
            settings: "Primiți un singur mesaj de fiecare dată când creditele scad sub prag. Pragul \
                       și destinatarii se pot modifica în setările contului, în programul \
                       dumneavoastră.",
            automatic: |host| format!("Acest mesaj a fost trimis automat de {host}."),
        },
        Language::Turkish => &LowCreditTexts {
            subject: |service| format!("{service}: krediniz azalıyor"),
            greeting: "Merhaba,",
            fallen: |service| {
                format!(
                    "{service} için kullanılabilir krediniz belirlediğiniz eşiğin altına düştü."
                )
            },
            available: "Kullanılabilir kredi",
            threshold: "Eşik",
            database: "Veritabanı",
            buy: "Kredi satın alın",
            colon: ": ",
            settings: "Krediniz eşiğin altına her düştüğünde yalnızca bir mesaj alırsınız. Eşiği ve \
                       alıcıları, yazılımınızdaki hesap ayarlarından değiştirebilirsiniz.",
            automatic: |host| format!("Bu mesaj {host} tarafından otomatik olarak gönderildi."),
        },
    }
}
