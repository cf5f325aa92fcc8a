//! DeepL: translates fragments of HTML. Free and paid accounts have different servers; the key tells which.
//!
//! Facts: DeepL's API description 3.11.0 and `language-list.json` of its own mock server.

use domain::Cause;
use domain::addons::Capability;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::adapter::{
    Adapter, BASE_URL, Descriptor, Field, KeyRule, Metered, PassRoute, Probed, TranslationOrder,
    Translations, Translator, UpstreamTranslating, Way,
};
use crate::failure::{Complaint, Words, by_status, without_complaint};
use crate::faults::{self, Refusals};
use crate::request::{Auth, Target, UpstreamRequest};

/// The adapter.
pub(crate) struct DeepL;

const AUTH: Auth = Auth::Scheme("DeepL-Auth-Key ");
const PAID: &str = "https://api.deepl.com";
const FREE: &str = "https://api-free.deepl.com";

/// A request may hold 128 KiB; the rest is left for the other fields and for escaping.
const BATCH_BYTES: usize = 64 * 1024;
const BATCH_TEXTS: usize = 50;

/// The limit of an account without one (the description's example of a Pro account).
const NO_LIMIT: u64 = 1_000_000_000_000;

static DESCRIPTOR: Descriptor = Descriptor {
    kind: "deepl",
    title: "DeepL",
    key: KeyRule::Required,
    base_url: PAID,
    fields: &[
        Field {
            name: "formality",
            label: "Formality",
            hint: "prefer_more or prefer_less, where the language has it.",
            placeholder: "default",
            required: false,
        },
        Field { hint: "Leave empty: a key that ends in :fx goes to the free server by itself.", ..BASE_URL },
    ],
    models: &[],
    default_model: None,
    retired: &[],
    capabilities: &[Capability::Translating],
    key_hint: "is five groups of hexadecimal digits, with :fx at the end for a free account",
    key_pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(:fx)?$",
    key_url: "https://www.deepl.com/your-account/keys",
    local: false,
};

/// Source languages, and targets without a region; `language-list.json`, less what v2 hides.
const LANGUAGES: &str = " af an ar as ay az ba be bg bn br bs ca cs cy da de el en eo es et eu fa fi fr ga gl gn gu ha \
    he hi hr ht hu hy id ig is it ja jv ka kk ko ky la lb ln lt lv mg mi mk ml mn mr ms mt my nb ne nl oc om pa pl ps pt \
    qu ro ru sa sk sl sq sr st su sv sw ta te tg th tk tl tn tr ts tt uk ur uz vi wo xh yi zh zu ";

fn is_known(primary: &str) -> bool {
    LANGUAGES.contains(&format!(" {primary} "))
}

fn primary(tag: &str) -> String {
    let primary = tag.split('-').next().unwrap_or_default().to_lowercase();
    // Norwegian as browsers and Beefree's lists name it.
    if primary == "no" { "nb".to_owned() } else { primary }
}

/// DeepL's code for a source language, which has no region.
fn source(tag: &str) -> Option<String> {
    let primary = primary(tag);
    is_known(&primary).then(|| primary.to_uppercase())
}

/// DeepL's code for a target language. A bare `EN` or `PT` is deprecated.
fn target(tag: &str) -> Option<String> {
    let rest = tag.split_once('-').map_or("", |(_, rest)| rest).to_lowercase();
    let code = match (primary(tag).as_str(), rest.as_str()) {
        ("en", "gb" | "ie" | "au" | "nz" | "in" | "za") => "EN-GB",
        ("en", _) => "EN-US",
        ("pt", "pt" | "ao" | "mz") => "PT-PT",
        ("pt", _) => "PT-BR",
        ("es", "419" | "mx" | "ar" | "co" | "cl" | "pe") => "ES-419",
        ("zh", "tw" | "hk" | "mo" | "hant") => "ZH-HANT",
        ("zh", _) => "ZH-HANS",
        (other, _) => return is_known(other).then(|| other.to_uppercase()),
    };
    Some(code.to_owned())
}

/// DeepL's errors are sentences; its own status 456 is in `by_status`.
const PHRASES: Words = &[
    ("wrong endpoint", Cause::WrongEndpoint),
    ("quota", Cause::QuotaExhausted),
    ("too many requests", Cause::RateLimited),
    ("target_lang", Cause::LanguageUnsupported),
    ("source_lang", Cause::LanguageUnsupported),
    ("scope", Cause::PermissionDenied),
];

impl Adapter for DeepL {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn auth(&self) -> Auth {
        AUTH
    }

    fn translating(&self) -> Option<Translator<'_>> {
        Some(Way::Upstream(self))
    }

    fn probe(&self, target: &Target<'_>) -> Option<UpstreamRequest> {
        Some(UpstreamRequest::get(target.base_url.join(&["v2", "usage"]), AUTH))
    }

    fn read_probe(&self, body: &[u8]) -> Probed {
        #[derive(Deserialize)]
        struct Usage {
            character_count: u64,
            character_limit: u64,
        }
        let usage: Option<Usage> = serde_json::from_slice(body).ok();
        let limited = usage.filter(|usage| usage.character_limit < NO_LIMIT);
        Probed { models: None, left: limited.map(|u| u.character_limit.saturating_sub(u.character_count)) }
    }

    fn read_failure(&self, status: u16, body: &[u8]) -> Cause {
        let complaint = Complaint::read(body).unwrap_or_default();
        // Something between here and DeepL answered: DeepL itself says nothing, or says it in JSON.
        let is_page = !body.trim_ascii().is_empty() && serde_json::from_slice::<IgnoredAny>(body).is_err();
        match status {
            // Its own overload, not Anthropic's: "too many requests".
            529 => Cause::RateLimited,
            0..400 => without_complaint(status),
            _ => complaint.by_phrase(PHRASES).unwrap_or(match status {
                403 if is_page => Cause::PermissionDenied,
                // Also without any body (recorded at DeepL's mock).
                403 => Cause::KeyRejected,
                404 => Cause::EndpointUnknown,
                // The texts are all a request holds.
                413 => Cause::ContextTooLong,
                _ => by_status(status),
            }),
        }
    }

    fn refusals(&self) -> Refusals {
        faults::DEEPL
    }

    fn pass_routes(&self) -> &'static [PassRoute] {
        const ROUTES: &[PassRoute] = &[
            PassRoute { method: "POST", path: "v2/translate", meter: Metered::Characters },
            PassRoute { method: "GET", path: "v2/usage", meter: Metered::Nothing },
            PassRoute { method: "GET", path: "v2/languages", meter: Metered::Nothing },
            PassRoute { method: "POST", path: "v2/languages", meter: Metered::Nothing },
            PassRoute { method: "GET", path: "v3/languages", meter: Metered::Nothing },
            PassRoute { method: "GET", path: "v2/glossary-language-pairs", meter: Metered::Nothing },
            PassRoute { method: "GET", path: "v2/glossaries", meter: Metered::Nothing },
            PassRoute { method: "GET", path: "v3/glossaries", meter: Metered::Nothing },
        ];
        ROUTES
    }

    fn base_url_of_key(&self, key: &str) -> Option<&'static str> {
        Some(if key.ends_with(":fx") { FREE } else { PAID })
    }
}

#[derive(Serialize)]
struct Body<'a> {
    text: &'a [String],
    target_lang: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_lang: Option<String>,
    // Keeps tags, and leaves alone what is marked `translate="no"`.
    tag_handling: &'static str,
    show_billed_characters: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    formality: Option<&'a str>,
}

#[derive(Deserialize)]
struct Reply {
    translations: Vec<Translation>,
}

#[derive(Deserialize)]
struct Translation {
    text: String,
    #[serde(default)]
    billed_characters: Option<u64>,
}

impl UpstreamTranslating for DeepL {
    fn check(&self, order: &TranslationOrder<'_>) -> Result<(), Cause> {
        let known = target(order.target).is_some() && order.source.is_none_or(|tag| source(tag).is_some());
        if known { Ok(()) } else { Err(Cause::LanguageUnsupported) }
    }

    fn batch(&self, remaining: &[String]) -> usize {
        let mut bytes = 0;
        let fits = remaining.iter().take(BATCH_TEXTS).take_while(|text| {
            bytes += text.len();
            bytes <= BATCH_BYTES
        });
        fits.count().max(1)
    }

    fn request(&self, to: &Target<'_>, order: &TranslationOrder<'_>) -> UpstreamRequest {
        let body = Body {
            text: order.texts,
            target_lang: target(order.target).unwrap_or_default(),
            source_lang: order.source.and_then(source),
            tag_handling: "html",
            show_billed_characters: true,
            formality: to.options.get("formality"),
        };
        UpstreamRequest::post(to.base_url.join(&["v2", "translate"]), AUTH, &body, false)
    }

    fn read_reply(&self, body: &[u8]) -> Result<Translations, Cause> {
        let reply: Reply = serde_json::from_slice(body).map_err(|_| Cause::ReplyInvalid)?;
        let billed = reply.translations.iter().map(|one| one.billed_characters).sum();
        Ok(Translations { texts: reply.translations.into_iter().map(|one| one.text).collect(), billed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_deepls_own_codes() {
        for (tag, code) in [
            ("it-IT", Some("IT")),
            ("en-US", Some("EN-US")),
            ("en", Some("EN-US")),
            ("en-AU", Some("EN-GB")),
            ("pt", Some("PT-BR")),
            ("zh-TW", Some("ZH-HANT")),
            ("es-MX", Some("ES-419")),
            ("no", Some("NB")),
            ("tlh", None),
            ("", None),
        ] {
            assert_eq!(target(tag).as_deref(), code, "{tag}");
        }
        assert_eq!(source("en-GB").as_deref(), Some("EN"));
    }

    #[test]
    fn the_key_tells_the_server() {
        assert_eq!(DeepL.base_url_of_key("0000:fx"), Some(FREE));
        assert_eq!(DeepL.base_url_of_key("0000"), Some(PAID));
    }

    #[test]
    fn batches_keep_to_both_limits() {
        assert_eq!(DeepL.batch(&vec!["a".to_owned(); 120]), 50);
        assert_eq!(DeepL.batch(&vec!["x".repeat(30_000); 4]), 2);
        assert_eq!(DeepL.batch(&["x".repeat(300_000)]), 1);
    }
}
