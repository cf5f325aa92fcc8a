//! From a path below `/providers/` to a provider and one entry of its table. No raw path is ever joined to a URL.

use std::borrow::Cow;

use http::Method;
use percent_encoding::percent_decode_str;
use providers::PassRoute;
use url::Url;

use crate::snapshot::ProviderEntry;

/// The provider's name and the decoded segments behind it; `None` if a segment is none of an API.
pub(super) fn split(path: &str) -> Option<(Cow<'_, str>, Vec<Cow<'_, str>>)> {
    let mut segments = path.strip_prefix("/providers/")?.split('/').map(decoded);
    let name = segments.next()??;
    let rest: Vec<_> = segments.collect::<Option<_>>()?;
    (!rest.is_empty()).then_some((name, rest))
}

fn decoded(segment: &str) -> Option<Cow<'_, str>> {
    let text = percent_decode_str(segment).decode_utf8().ok()?;
    let odd = |c: char| c == '/' || c == '\\' || c == '%' || c.is_control();
    let climbs = text.is_empty() || text == "." || text == "..";
    (!climbs && !text.contains(odd)).then_some(text)
}

/// The entry of the provider's table and the URL it stands for.
pub(super) fn target(
    entry: &ProviderEntry,
    method: &Method,
    rest: &[Cow<'_, str>],
) -> Option<(PassRoute, Url)> {
    let base = &entry.provider.base_url;
    // SDKs differ in whether their base URL ends in /v1; both forms are taken.
    let own = base.segments().count();
    let starts = rest.len() > own && base.segments().zip(rest).all(|(own, given)| own == given);
    let path = if starts { rest.get(own..)? } else { rest };
    let fits = |pattern: &str| {
        let mut wanted = pattern.split('/');
        let all =
            path.iter().all(|given| wanted.next().is_some_and(|wanted| wanted == "*" || wanted == given));
        all && wanted.next().is_none()
    };
    let mut routes = entry.adapter.pass_routes().iter();
    let route = routes.find(|route| route.method == method.as_str() && fits(route.path))?;
    Some((*route, base.join(path)))
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
        assert_eq!((name.as_ref(), rest), ("My OpenAI", vec!["v1".into(), "models".into()]));
    }
}
