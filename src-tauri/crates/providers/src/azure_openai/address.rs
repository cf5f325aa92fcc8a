//! Splits an address pasted from Azure's pages into endpoint, deployment and api-version. Guesses nothing else.

use url::Url;

use super::API_VERSION;
use crate::adapter::Pasted;

/// The parts of `typed`; `None` if it is no URL with a host.
pub(super) fn split(typed: &str) -> Option<Pasted> {
    let url = Url::parse(typed.trim()).ok().filter(Url::has_host)?;
    let segments: Vec<&str> = url.path_segments()?.filter(|segment| !segment.is_empty()).collect();
    // A gateway may put a path of its own before Azure's.
    let azure = segments.iter().position(|segment| *segment == "openai").unwrap_or(segments.len());
    let (before, path) = segments.split_at(azure);
    let model = match path {
        ["openai", "deployments", deployment, ..] => percent_decoded(deployment),
        _ => None,
    };
    let is_v1 = matches!(path, ["openai", "v1", ..]);
    let version = url.query_pairs().find(|(name, _)| name.eq_ignore_ascii_case(API_VERSION));
    // The v1 surface takes `api-version=v1` and `preview`, and needs none.
    let version = version.map(|(_, value)| value.into_owned()).filter(|value| !is_v1 && !value.is_empty());
    let mut base = url.clone();
    base.set_query(None);
    base.set_fragment(None);
    base.set_path(&before.join("/"));
    Some(Pasted {
        base_url: base.as_str().trim_end_matches('/').to_owned(),
        model,
        options: version.map(|version| (API_VERSION, version)).into_iter().collect(),
    })
}

fn percent_decoded(segment: &str) -> Option<String> {
    let pair = format!("x={}", segment.replace('+', "%2B"));
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_azures_pages_show_is_split() {
        let host = "https://res.openai.azure.com";
        for (typed, base, model, version) in [
            (host.to_owned(), host, None, None),
            (format!("{host}/"), host, None, None),
            (format!("{host}/openai/v1/"), host, None, None),
            (format!("{host}/openai/v1/chat/completions?api-version=preview"), host, None, None),
            (
                format!("  {host}/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21 "),
                host,
                Some("my-gpt"),
                Some("2024-10-21"),
            ),
            (format!("{host}/openai/deployments/my%20gpt"), host, Some("my gpt"), None),
            (format!("{host}/openai/models?API-Version=2024-10-21"), host, None, Some("2024-10-21")),
            (
                "https://gw.example/azure/openai/deployments/d/embeddings".to_owned(),
                "https://gw.example/azure",
                Some("d"),
                None,
            ),
            (
                "https://res.services.ai.azure.com/openai/v1".to_owned(),
                "https://res.services.ai.azure.com",
                None,
                None,
            ),
        ] {
            let split = split(&typed).unwrap();
            assert_eq!(split.base_url, base, "{typed}");
            assert_eq!(split.model.as_deref(), model, "{typed}");
            assert_eq!(split.options.first().map(|(_, value)| value.as_str()), version, "{typed}");
        }
        assert_eq!(split("res.openai.azure.com"), None);
    }
}
