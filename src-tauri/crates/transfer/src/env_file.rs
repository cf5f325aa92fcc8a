//! `.env` files: names that providers' own SDKs read, to providers. Assignments, quotes, comments, `export`; no variables and
//! no environment. Own code, because the well-kept crates (dotenvy) fill variables in from the process's environment.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use crate::{Ignored, Proposal, Proposals, TransferError, text};

/// A provider's names: key first, then base URL, model, api-version.
struct Known {
    kind: &'static str,
    name: &'static str,
    key: &'static [&'static str],
    base_url: &'static [&'static str],
    model: &'static [&'static str],
    api_version: &'static [&'static str],
}

const KNOWN: &[Known] = &[
    Known {
        kind: "azure-openai",
        name: "Azure OpenAI",
        key: &["AZURE_OPENAI_API_KEY", "AZURE_API_KEY"],
        base_url: &["AZURE_OPENAI_ENDPOINT", "AZURE_API_BASE"],
        model: &["AZURE_OPENAI_DEPLOYMENT", "AZURE_OPENAI_DEPLOYMENT_NAME"],
        api_version: &["AZURE_OPENAI_API_VERSION", "OPENAI_API_VERSION", "AZURE_API_VERSION"],
    },
    Known {
        kind: "openai",
        name: "OpenAI",
        key: &["OPENAI_API_KEY"],
        base_url: &["OPENAI_BASE_URL", "OPENAI_API_BASE"],
        model: &["OPENAI_MODEL"],
        api_version: &[],
    },
    Known {
        kind: "anthropic",
        name: "Anthropic",
        key: &["ANTHROPIC_API_KEY"],
        base_url: &["ANTHROPIC_BASE_URL"],
        model: &["ANTHROPIC_MODEL"],
        api_version: &[],
    },
    Known {
        kind: "azure-vision",
        name: "Azure AI Vision",
        key: &["AZURE_VISION_KEY", "VISION_KEY", "COMPUTER_VISION_KEY", "COMPUTER_VISION_SUBSCRIPTION_KEY"],
        base_url: &["AZURE_VISION_ENDPOINT", "VISION_ENDPOINT", "COMPUTER_VISION_ENDPOINT"],
        model: &[],
        api_version: &[],
    },
    Known {
        kind: "deepl",
        name: "DeepL",
        key: &["DEEPL_AUTH_KEY", "DEEPL_API_KEY"],
        base_url: &["DEEPL_SERVER_URL"],
        model: &[],
        api_version: &[],
    },
    Known {
        kind: "stability",
        name: "Stability AI",
        key: &["STABILITY_API_KEY", "STABILITY_KEY"],
        base_url: &["STABILITY_HOST"],
        model: &[],
        api_version: &[],
    },
];

/// What a `.env` file assigns.
#[derive(Default)]
pub(crate) struct Assigned {
    values: BTreeMap<String, Zeroizing<String>>,
    ignored: Vec<(String, Ignored)>,
}

impl Assigned {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, TransferError> {
        let mut assigned = Self::default();
        for line in text(bytes)?.lines().map(str::trim) {
            if !line.is_empty() && !line.starts_with('#') {
                assigned.line(line);
            }
        }
        Ok(assigned)
    }

    fn line(&mut self, line: &str) {
        let exported = line.strip_prefix("export").filter(|rest| rest.starts_with([' ', '\t']));
        let named = exported.unwrap_or(line).split_once('=').map(|(name, value)| (name.trim(), value));
        // Not even its beginning is said back: who forgets a name puts the key there, and some keys end in `=`.
        let Some((name, value)) =
            named.filter(|(name, value)| is_name(name) && (is_known(name) || !is_padding(value)))
        else {
            return self.ignored.push((String::new(), Ignored::NoAssignment));
        };
        let Some(value) = unquoted(value) else {
            return self.ignored.push((name.to_owned(), Ignored::InvalidValue));
        };
        if self.values.insert(name.to_owned(), Zeroizing::new(value.to_owned())).is_some() {
            self.ignored.push((name.to_owned(), Ignored::Repeated));
        }
    }

    /// The value of a name, unless it is empty.
    pub(crate) fn get(&self, name: &str) -> Option<&Zeroizing<String>> {
        self.values.get(name).filter(|value| !value.is_empty())
    }

    /// The value of the first of these names that has one; of the others is said that they came again.
    fn take(&mut self, names: &[&str]) -> Option<Zeroizing<String>> {
        let mut taken = None;
        for name in names {
            match self.values.remove(*name).filter(|value| !value.is_empty()) {
                Some(_) if taken.is_some() => self.ignored.push(((*name).to_owned(), Ignored::Repeated)),
                Some(value) => taken = Some(value),
                None => {}
            }
        }
        taken
    }
}

/// Reads a `.env` file. A provider is proposed for each key whose name is known.
pub fn read_env(bytes: &[u8]) -> Result<Proposals, TransferError> {
    let mut assigned = Assigned::read(bytes)?;
    let mut providers = Vec::new();
    for known in KNOWN {
        if !known.key.iter().any(|name| assigned.values.contains_key(*name)) {
            continue;
        }
        let Some(key) = assigned.take(known.key) else { continue };
        let plain = |value: Option<Zeroizing<String>>| value.map(|value| value.as_str().to_owned());
        let version = plain(assigned.take(known.api_version));
        providers.push(Proposal {
            name: known.name.to_owned(),
            kind: known.kind.to_owned(),
            base_url: plain(assigned.take(known.base_url)),
            model: plain(assigned.take(known.model)),
            options: version.map(|version| ("api-version".to_owned(), version)).into_iter().collect(),
            key: Some(key),
        });
    }
    let Assigned { values, mut ignored } = assigned;
    ignored.extend(values.into_keys().map(|name| (name, Ignored::UnknownName)));
    Ok(Proposals { providers, ignored })
}

pub(crate) fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && !name.starts_with(|symbol: char| symbol.is_ascii_digit())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn is_known(name: &str) -> bool {
    KNOWN.iter().any(|known| {
        [known.key, known.base_url, known.model, known.api_version].iter().any(|names| names.contains(&name))
    })
}

/// Nothing, or the end of base64.
fn is_padding(value: &str) -> bool {
    value.trim_end().bytes().all(|byte| byte == b'=')
}

/// Without quotes; without a comment that follows. `None`: a quote is not closed, or something else follows it.
fn unquoted(value: &str) -> Option<&str> {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            let (inside, behind) = rest.split_once(quote)?;
            return (behind.is_empty() || behind.trim_start().starts_with('#')).then_some(inside);
        }
    }
    // A comment begins after white space; within a value `#` is a character like any other.
    let spaced = |at: usize| value[..at].ends_with([' ', '\t']) || at == 0;
    let comment = value.match_indices('#').map(|(at, _)| at).find(|at| spaced(*at));
    Some(value[..comment.unwrap_or(value.len())].trim_end())
}
