//! From a path below `/providers/` to a provider and one entry of its table. No raw path is ever joined to a URL.

use http::Method;
use percent_encoding::percent_decode_str;
use providers::PassRoute;
use url::Url;

use crate::snapshot::ProviderEntry;

/// The provider's name and the decoded segments behind it; `None` if a segment is none of an API.
pub(super) fn split(path: &str) -> Option<(String, Vec<String>)> {
    let mut segments = path.strip_prefix("/providers/")?.split('/').map(decoded);
    let name = segments.next()??;
    let rest: Vec<String> = segments.collect::<Option<_>>()?;
    (!rest.is_empty()).then_some((name, rest))
}

fn decoded(segment: &str) -> Option<String> {
    let text = percent_decode_str(segment).decode_utf8().ok()?.into_owned();
    let odd = |c: char| c == '/' || c == '\\' || c == '%' || c.is_control();
    let climbs = text.is_empty() || text == "." || text == "..";
    (!climbs && !text.contains(odd)).then_some(text)
}

/// The entry of the provider's table and the URL it stands for.
pub(super) fn target(entry: &ProviderEntry, method: &Method, rest: &[String]) -> Option<(PassRoute, Url)> {
    let base = &entry.provider.base_url;
    // SDKs differ in whether their base URL ends in /v1; both forms are taken.
    let own = base.join(&[]);
    let own: Vec<&str> = own.path_segments()?.filter(|segment| !segment.is_empty()).collect();
    let starts = rest.len() > own.len() && rest.iter().zip(&own).all(|(given, own)| given == own);
    let path = if starts { rest.get(own.len()..)? } else { rest };
    let route = entry.adapter.pass_routes().iter().find(|route| {
        let pattern: Vec<&str> = route.path.split('/').collect();
        route.method == method.as_str()
            && pattern.len() == path.len()
            && pattern.iter().zip(path).all(|(wanted, given)| *wanted == "*" || wanted == given)
    })?;
    let segments: Vec<&str> = path.iter().map(String::as_str).collect();
    Some((*route, base.join(&segments)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_paths_name_nothing() {
        for bad in [
            "/providers/",
            "/providers/a",
            "/providers/a/",
            "/providers/a/../b",
            "/providers/a/%2e%2e/b",
            "/providers/a/v1%2fmodels",
            "/providers/a/v1//models",
            "/providers/a/v1\\models",
            "/providers/a/%252e%252e/b",
            "/providers/a/x%00",
            "/providers//v1",
            "/providers/a/%ff",
        ] {
            assert!(split(bad).is_none(), "{bad}");
        }
        let (name, rest) = split("/providers/My%20OpenAI/v1/models").unwrap();
        assert_eq!((name.as_str(), rest), ("My OpenAI", vec!["v1".to_owned(), "models".to_owned()]));
    }
}
