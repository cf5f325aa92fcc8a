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

/// Reads a `.env` file. A provider is proposed for each key whose name is known.
pub fn read_env(bytes: &[u8]) -> Result<Proposals, TransferError> {
    let mut proposals = Proposals::default();
    let mut values: BTreeMap<String, Zeroizing<String>> = BTreeMap::new();
    for line in text(bytes)?.lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        let Some((name, value)) = line.split_once('=').filter(|(name, _)| is_name(name.trim())) else {
            // Not even its beginning: who forgets a name puts the key there.
            proposals.ignored.push((String::new(), Ignored::NoAssignment));
            continue;
        };
        let name = name.trim();
        if values.insert(name.to_owned(), Zeroizing::new(unquoted(value.trim()).to_owned())).is_some() {
            proposals.ignored.push((name.to_owned(), Ignored::Repeated));
        }
    }
    for known in KNOWN {
        let take = |names: &[&str], values: &mut BTreeMap<String, Zeroizing<String>>| {
            let found: Vec<_> = names.iter().filter_map(|name| values.remove(*name)).collect();
            found.into_iter().find(|value| !value.is_empty())
        };
        if !known.key.iter().any(|name| values.contains_key(*name)) {
            continue;
        }
        let Some(key) = take(known.key, &mut values) else { continue };
        let plain = |value: Option<Zeroizing<String>>| value.map(|value| value.as_str().to_owned());
        let version = plain(take(known.api_version, &mut values));
        proposals.providers.push(Proposal {
            name: known.name.to_owned(),
            kind: known.kind.to_owned(),
            base_url: plain(take(known.base_url, &mut values)),
            model: plain(take(known.model, &mut values)),
            options: version.map(|version| ("api-version".to_owned(), version)).into_iter().collect(),
            key: Some(key),
        });
    }
    proposals.ignored.extend(values.into_keys().map(|name| (name, Ignored::UnknownName)));
    Ok(proposals)
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 128
        && !name.starts_with(|symbol: char| symbol.is_ascii_digit())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Without quotes; without a comment that follows an unquoted value.
fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.split_once(quote).map_or(value, |(inside, _)| inside);
        }
    }
    value.split_once(" #").map_or(value, |(before, _)| before).trim_end()
}
