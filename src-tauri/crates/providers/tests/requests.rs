//! Where requests go, with what headers, and what none of them may hold. Their bodies are `bodies.rs`'s.

// Helpers of tests are tests too; clippy sees only the functions marked so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{Setup, adapter, check_golden, golden, header, long_conversation, request, upstream};
use domain::addons::ai_integration::Block;
use domain::{BaseUrl, ProviderOptions};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use providers::{Auth, Target};
use serde_json::{Value, json};

#[test]
fn no_request_sends_what_reasoning_models_refuse() {
    for kind in common::UPSTREAM_KINDS {
        let body: Value = serde_json::from_slice(&request(kind, None, Block::List, true).body).unwrap();
        for refused in ["temperature", "top_p", "top_k", "store"] {
            assert!(body.get(refused).is_none(), "{kind} {refused}");
        }
        let old = body.get("max_tokens").is_some();
        assert_eq!(old, ["anthropic", "openai-compatible"].contains(&kind), "{kind}");
        assert_eq!(body.get("max_completion_tokens").is_some(), !old, "{kind}");
    }
}

#[test]
fn requests_go_to_their_place_with_their_headers() {
    let own = |name: &str| Auth::Header(name.parse().unwrap());
    let dated = &[("api-version", "2024-10-21")][..];
    for (kind, options, url, auth) in [
        ("openai", &[][..], "https://api.openai.com/v1/chat/completions", Auth::Bearer),
        ("anthropic", &[], "https://api.anthropic.com/v1/messages", own("x-api-key")),
        ("azure-openai", &[], "https://res.example/openai/v1/chat/completions", own("api-key")),
        (
            "azure-openai",
            dated,
            "https://res.example/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21",
            own("api-key"),
        ),
        ("openai-compatible", &[], "http://localhost:11434/v1/chat/completions", Auth::Bearer),
    ] {
        for (streamed, accepted) in [(false, "application/json"), (true, "text/event-stream")] {
            let setup = Setup::of(kind, Some("my-gpt"), options);
            let asked = upstream(kind).request(&setup.target(), &long_conversation(Block::Title), streamed);
            let body = json!({"model": "my-gpt", "messages": [{"role": "user", "content": "x"}], "stream": streamed});
            let passed = adapter(kind).chat_dialect().unwrap().request(&setup.target(), body).unwrap();
            for request in [asked, passed] {
                assert_eq!((request.method.as_str(), request.url.as_str()), ("POST", url));
                assert_eq!((&request.auth, &adapter(kind).auth()), (&auth, &auth));
                assert_eq!(header(&request, CONTENT_TYPE.as_str()), Some("application/json"));
                assert_eq!(header(&request, ACCEPT.as_str()), Some(accepted));
                assert_eq!(
                    header(&request, "anthropic-version"),
                    (kind == "anthropic").then_some("2026-10-21")
                );
                assert_eq!(header(&request, AUTHORIZATION.as_str()), None, "an adapter never holds a key");
            }
        }
    }
}

#[test]
fn requests_stay_below_the_base_url_whatever_the_model() {
    let base_url = BaseUrl::parse("http://127.0.0.1:9/proxy/").unwrap();
    for kind in common::UPSTREAM_KINDS {
        for options in [&[][..], &[("api-version", "../x?y&z#")]] {
            let setup = Setup { base_url: base_url.clone(), ..Setup::of(kind, Some("../../x"), options) };
            let asked = upstream(kind).request(&setup.target(), &long_conversation(Block::List), false);
            let probe = adapter(kind).probe(&setup.target()).unwrap();
            for url in [asked.url, probe.url] {
                assert!(url.as_str().starts_with("http://127.0.0.1:9/proxy/"), "{url}");
                assert!(url.query_pairs().count() <= 1 && url.fragment().is_none(), "{url}");
            }
        }
    }
}

#[test]
fn probes_cost_nothing() {
    let own = |name: &str| Auth::Header(name.parse().unwrap());
    let dated = &[("api-version", "2024-10-21")][..];
    for (kind, options, method, url, auth) in [
        ("openai", &[][..], "GET", "https://api.openai.com/v1/models", Auth::Bearer),
        ("anthropic", &[], "GET", "https://api.anthropic.com/v1/models?limit=1000", own("x-api-key")),
        ("azure-openai", &[], "GET", "https://res.example/openai/v1/models", own("api-key")),
        (
            "azure-openai",
            dated,
            "GET",
            "https://res.example/openai/models?api-version=2024-10-21",
            own("api-key"),
        ),
        ("openai-compatible", &[], "GET", "http://localhost:11434/v1/models", Auth::Bearer),
        ("deepl", &[], "GET", "https://api.deepl.com/v2/usage", Auth::Scheme("DeepL-Auth-Key ")),
        ("stability", &[], "GET", "https://api.stability.ai/v1/user/balance", Auth::Bearer),
        // Without bytes there is nothing to analyse.
        (
            "azure-vision",
            &[],
            "POST",
            "https://res.example/computervision/imageanalysis:analyze?api-version=2023-10-01&features=read",
            own("ocp-apim-subscription-key"),
        ),
    ] {
        let probe = adapter(kind).probe(&Setup::of(kind, None, options).target()).unwrap();
        assert_eq!((probe.method.as_str(), probe.url.as_str()), (method, url));
        assert_eq!((&probe.auth, &adapter(kind).auth()), (&auth, &auth));
        assert!(probe.body.is_empty());
        assert_eq!(header(&probe, ACCEPT.as_str()), Some("application/json"));
        assert_eq!(header(&probe, "anthropic-version"), (kind == "anthropic").then_some("2026-10-21"));
    }
}

#[test]
fn callers_of_the_own_api_get_the_version_they_did_not_send() {
    for known in providers::registry() {
        let own = known.own_headers();
        let named: Vec<_> =
            own.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
        let anthropic = known.descriptor().kind == "anthropic";
        let expected = if anthropic { vec![("anthropic-version", "2026-10-21")] } else { Vec::new() };
        assert_eq!(named, expected);
    }
}

#[test]
fn what_of_a_providers_own_api_is_passed_on_is_written_down() {
    let mut lines = String::new();
    for known in providers::registry() {
        for route in known.pass_routes() {
            assert!(["GET", "POST", "DELETE"].contains(&route.method) && !route.path.starts_with('/'));
            let kind = known.descriptor().kind;
            lines.push_str(&format!("{kind} {} {} {:?}\n", route.method, route.path, route.meter));
        }
    }
    check_golden(&golden("pass-routes.txt"), &lines);
}

#[test]
fn anthropic_gets_no_blank_turn() {
    let mut conversation = common::long_conversation(Block::Title);
    conversation.turns[1].text = " \n".to_owned();
    let base_url = BaseUrl::parse("https://api.anthropic.com").unwrap();
    let target =
        Target { base_url: &base_url, model: None, options: &ProviderOptions::default(), output_max: None };
    let body = common::upstream("anthropic").request(&target, &conversation, false).body;
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["messages"].as_array().unwrap().len(), 2);
}
