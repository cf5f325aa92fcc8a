//! Requests are what the providers' own descriptions allow, and what they were yesterday.

// Helpers of tests are tests too; clippy sees only the functions marked so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;

use common::{check_golden, golden, request};
use domain::addons::ai_integration::Block;
use domain::{BaseUrl, Model, ProviderOptions};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use providers::{Auth, Target, UpstreamRequest};
use serde_json::{Value, json};

/// A validator of one schema of a provider's description.
fn schema(kind: &str, name: &str) -> jsonschema::Validator {
    let text = fs::read_to_string(golden(&format!("{kind}/openapi.trimmed.json"))).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let root = json!({"$ref": format!("#/components/schemas/{name}"), "components": document["components"]});
    jsonschema::draft202012::new(&root).unwrap()
}

fn header<'r>(request: &'r UpstreamRequest, name: &str) -> Option<&'r str> {
    let found = request.headers.iter().find(|(known, _)| known.as_str() == name);
    found.map(|(_, value)| value.to_str().unwrap())
}

#[test]
fn bodies_are_golden_and_fit_the_providers_description() {
    for (kind, name) in [("openai", "CreateChatCompletionRequest"), ("anthropic", "CreateMessageParams")] {
        let schema = schema(kind, name);
        for block in [Block::Title, Block::Paragraph, Block::List, Block::Button] {
            for streamed in [false, true] {
                let body: Value = serde_json::from_slice(&request(kind, None, block, streamed).body).unwrap();
                let errors: Vec<String> = schema.iter_errors(&body).map(|error| error.to_string()).collect();
                assert!(errors.is_empty(), "{kind}: {errors:?}");
            }
        }
        for (file, model, streamed) in [("plain", None, false), ("streamed", Some("some-model:1"), true)] {
            let body = request(kind, model, Block::Title, streamed).body;
            let text = String::from_utf8(body.to_vec()).unwrap();
            check_golden(&golden(&format!("{kind}/requests/{file}.json")), &(text + "\n"));
        }
    }
}

#[test]
fn the_schemas_do_refuse() {
    let messages = json!([{"role": "user", "content": "x"}]);
    assert!(!schema("openai", "CreateChatCompletionRequest").is_valid(&json!({"messages": messages})));
    assert!(
        !schema("anthropic", "CreateMessageParams").is_valid(&json!({"model": "m", "messages": messages}))
    );
}

#[test]
fn no_request_sends_what_reasoning_models_refuse() {
    for kind in common::UPSTREAM_KINDS {
        let body: Value = serde_json::from_slice(&request(kind, None, Block::List, true).body).unwrap();
        for refused in ["temperature", "top_p", "top_k", "store"] {
            assert!(body.get(refused).is_none(), "{kind} {refused}");
        }
        assert_eq!(body.get("max_tokens").is_some(), kind == "anthropic");
    }
}

#[test]
fn requests_go_to_their_place_with_their_headers() {
    let api_key = Auth::Header("x-api-key".parse().unwrap());
    for (kind, url, auth) in [
        ("openai", "https://api.openai.com/v1/chat/completions", Auth::Bearer),
        ("anthropic", "https://api.anthropic.com/v1/messages", api_key),
    ] {
        for (streamed, accepted) in [(false, "application/json"), (true, "text/event-stream")] {
            let request = request(kind, None, Block::Title, streamed);
            assert_eq!((request.method.as_str(), request.url.as_str()), ("POST", url));
            assert_eq!(request.auth, auth);
            assert_eq!(header(&request, CONTENT_TYPE.as_str()), Some("application/json"));
            assert_eq!(header(&request, ACCEPT.as_str()), Some(accepted));
            assert_eq!(header(&request, "anthropic-version"), (kind == "anthropic").then_some("2026-10-21"));
            assert_eq!(header(&request, AUTHORIZATION.as_str()), None, "an adapter never holds a key");
        }
    }
}

#[test]
fn requests_stay_below_the_base_url_whatever_the_model() {
    let base_url = BaseUrl::parse("http://127.0.0.1:9/proxy/").unwrap();
    let model = Model::try_from("../../x".to_owned()).unwrap();
    let target = Target { base_url: &base_url, model: Some(&model), options: &ProviderOptions::default() };
    for kind in common::UPSTREAM_KINDS {
        let asked = common::upstream(kind).request(&target, &common::long_conversation(Block::List), false);
        let probe = common::adapter(kind).probe(&target).unwrap();
        for url in [asked.url, probe.url] {
            assert!(url.as_str().starts_with("http://127.0.0.1:9/proxy/"), "{url}");
        }
    }
}

#[test]
fn probes_are_the_free_list_of_models() {
    for (kind, url) in [
        ("openai", "https://api.openai.com/v1/models"),
        ("anthropic", "https://api.anthropic.com/v1/models?limit=1"),
    ] {
        let adapter = common::adapter(kind);
        let base_url = BaseUrl::parse(adapter.descriptor().base_url).unwrap();
        let probe = adapter
            .probe(&Target { base_url: &base_url, model: None, options: &ProviderOptions::default() })
            .unwrap();
        assert_eq!((probe.method.as_str(), probe.url.as_str()), ("GET", url));
        assert!(probe.body.is_empty());
        assert_eq!(header(&probe, "anthropic-version").is_some(), kind == "anthropic");
    }
}

#[test]
fn anthropic_gets_no_blank_turn() {
    let mut conversation = common::long_conversation(Block::Title);
    conversation.turns[1].text = " \n".to_owned();
    let base_url = BaseUrl::parse("https://api.anthropic.com").unwrap();
    let target = Target { base_url: &base_url, model: None, options: &ProviderOptions::default() };
    let body = common::upstream("anthropic").request(&target, &conversation, false).body;
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["messages"].as_array().unwrap().len(), 2);
}
