//! LiteLLM's `config.yaml`: each entry of `model_list` to a provider. What stands in an environment is looked up in the
//! `.env` file given beside it and nowhere else. The YAML reader bounds depth, nodes and aliases.

use serde::Deserialize;
use zeroize::Zeroizing;

use crate::env_file::{Assigned, is_name};
use crate::{Ignored, Proposal, Proposals, TransferError, shown, text};

const ENVIRONMENT: &str = "os.environ/";

#[derive(Deserialize)]
struct Config {
    #[serde(default)]
    model_list: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    model_name: String,
    litellm_params: Params,
}

#[derive(Deserialize)]
struct Params {
    model: String,
    #[serde(default)]
    custom_llm_provider: Option<String>,
    #[serde(default)]
    api_key: Option<Zeroizing<String>>,
    #[serde(default)]
    api_base: Option<String>,
    #[serde(default)]
    api_version: Option<String>,
}

/// Reads a `config.yaml`, with the `.env` file that belongs to it where one is given.
pub fn read_litellm(bytes: &[u8], env: Option<&[u8]>) -> Result<Proposals, TransferError> {
    let config: Config =
        serde_saphyr::from_str(text(bytes)?).map_err(|_| TransferError::Malformed { line: None })?;
    let env = env.map(Assigned::read).transpose()?.unwrap_or_default();
    let mut proposals = Proposals::default();
    for entry in config.model_list {
        entry_of(entry, &env, &mut proposals);
    }
    Ok(proposals)
}

fn entry_of(Entry { model_name, litellm_params }: Entry, env: &Assigned, proposals: &mut Proposals) {
    let mut aside = |name: String, why| proposals.ignored.push((name, why));
    let Params { model, custom_llm_provider, api_key, api_base, api_version } = litellm_params;
    let open = |value: Option<String>| value.map(|value| resolved(&value, env)).transpose();
    let (model, api_base, api_version) = match (resolved(&model, env), open(api_base), open(api_version)) {
        (Ok(model), Ok(base), Ok(version)) => (model, base, version),
        // Without them it would be another model, or the key would go to another server.
        (Err(name), ..) | (_, Err(name), _) | (.., Err(name)) => return aside(name, Ignored::InEnvironment),
    };
    let Some((prefix, model)) = provider_of(&model, custom_llm_provider.as_deref()) else {
        return aside(shown(&model_name), Ignored::UnknownProvider);
    };
    let kind = match prefix {
        "openai" if api_base.is_some() => "openai-compatible",
        "openai" => "openai",
        "azure" => "azure-openai",
        "anthropic" => "anthropic",
        "ollama" | "ollama_chat" | "hosted_vllm" | "lm_studio" | "llamafile" => "openai-compatible",
        _ => return aside(shown(&model_name), Ignored::UnknownProvider),
    };
    let key = match api_key.map(|key| resolved(&key, env)).transpose() {
        Ok(key) => key,
        Err(name) => {
            aside(name, Ignored::InEnvironment);
            None
        }
    };
    let plain = |value: Zeroizing<String>| value.as_str().to_owned();
    proposals.providers.push(Proposal {
        name: if model_name.chars().count() < 3 { format!("{prefix} {model_name}") } else { model_name },
        kind: kind.to_owned(),
        base_url: api_base
            .map(plain)
            .map(|base| if prefix.starts_with("ollama") { chat_of_ollama(base) } else { base }),
        model: Some(model.to_owned()).filter(|model| !model.is_empty()),
        options: api_version.map(|version| ("api-version".to_owned(), plain(version))).into_iter().collect(),
        key,
    });
}

/// A value, or the one of the name it stands for; the name, where that is not given. What is no name is not said back.
fn resolved(value: &str, env: &Assigned) -> Result<Zeroizing<String>, String> {
    let Some(name) = value.strip_prefix(ENVIRONMENT) else { return Ok(Zeroizing::new(value.to_owned())) };
    let name = if is_name(name) { name } else { "" };
    env.get(name).cloned().ok_or_else(|| name.to_owned())
}

/// LiteLLM's word for the provider, and the model as that spells it. Without a prefix LiteLLM knows the provider from the
/// model; so do we where that is beyond doubt, since a key must not go to a server that was only guessed.
fn provider_of<'a>(model: &'a str, custom: Option<&'a str>) -> Option<(&'a str, &'a str)> {
    if let Some(custom) = custom {
        let rest = model.strip_prefix(custom).and_then(|rest| rest.strip_prefix('/'));
        return Some((custom, rest.unwrap_or(model)));
    }
    if let Some(split) = model.split_once('/') {
        return Some(split);
    }
    let begins = |with: &[&str]| with.iter().any(|with| model.starts_with(with));
    let reasoning =
        model.strip_prefix('o').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if begins(&["claude-"]) {
        Some(("anthropic", model))
    } else if begins(&["gpt-", "chatgpt-", "dall-e-"]) || reasoning {
        Some(("openai", model))
    } else {
        None
    }
}

/// LiteLLM takes Ollama's own root; chat completions are below `/v1`.
fn chat_of_ollama(base: String) -> String {
    let base = base.trim_end_matches('/');
    if base.ends_with("/v1") { base.to_owned() } else { format!("{base}/v1") }
}
