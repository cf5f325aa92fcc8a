//! LiteLLM's `config.yaml`: each entry of `model_list` to a provider. Keys that stand in an environment are named and not
//! fetched. The YAML reader bounds depth, nodes and aliases.

use serde::Deserialize;
use zeroize::Zeroizing;

use crate::{Ignored, Proposal, Proposals, TransferError, text};

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
    api_key: Option<Zeroizing<String>>,
    #[serde(default)]
    api_base: Option<String>,
    #[serde(default)]
    api_version: Option<String>,
}

/// Reads a `config.yaml`.
pub fn read_litellm(bytes: &[u8]) -> Result<Proposals, TransferError> {
    let config: Config =
        serde_saphyr::from_str(text(bytes)?).map_err(|_| TransferError::Malformed { line: None })?;
    let mut proposals = Proposals::default();
    for entry in config.model_list {
        let Entry { model_name, litellm_params: params } = entry;
        let (prefix, rest) = params.model.split_once('/').unwrap_or(("openai", &params.model));
        let kind = match prefix {
            "openai" if params.api_base.is_some() => "openai-compatible",
            "openai" => "openai",
            "azure" => "azure-openai",
            "anthropic" => "anthropic",
            "ollama" | "ollama_chat" | "hosted_vllm" | "lm_studio" | "llamafile" => "openai-compatible",
            _ => {
                proposals.ignored.push((model_name, Ignored::UnknownProvider));
                continue;
            }
        };
        let literal = |value: &Option<String>| value.clone().filter(|text| !text.starts_with(ENVIRONMENT));
        let elsewhere = params.api_key.as_ref().is_some_and(|key| key.starts_with(ENVIRONMENT));
        if elsewhere {
            let name =
                params.api_key.as_ref().map(|key| key[ENVIRONMENT.len()..].to_owned()).unwrap_or_default();
            proposals.ignored.push((name, Ignored::InEnvironment));
        }
        proposals.providers.push(Proposal {
            name: if model_name.len() < 3 { format!("{prefix} {model_name}") } else { model_name },
            kind: kind.to_owned(),
            base_url: literal(&params.api_base),
            model: Some(rest.to_owned()).filter(|rest| !rest.is_empty()),
            options: literal(&params.api_version)
                .map(|version| ("api-version".to_owned(), version))
                .into_iter()
                .collect(),
            key: params.api_key.filter(|_| !elsewhere),
        });
    }
    Ok(proposals)
}
