//! Adapters and the stand-in upstream agree, over a real connection: what is asked is answered, what fails is
//! told by its cause. The key travels as the adapter says, and nowhere else.

// Helpers of tests are tests too; clippy sees only the functions marked so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::written;
use domain::addons::ai_integration::Block;
use domain::writing::Finish;
use domain::{BaseUrl, Cause, ProviderOptions};
use providers::{Target, UpstreamRequest};
use reqwest::{Client, Response};
use testkit::upstream::{Behaviour, Dialect, Options, Upstream};

const KEY: &str = "sk-test-0123456789abcdefghij";
const DIALECTS: [(&str, Dialect); 2] = [("openai", Dialect::OpenAi), ("anthropic", Dialect::Anthropic)];

async fn start(dialect: Dialect) -> Upstream {
    Upstream::start(dialect, Options { expect_key: Some(KEY.to_owned()), ..Options::default() }).await
}

async fn send(request: UpstreamRequest) -> Response {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let (name, value) = request.auth.header(KEY).unwrap();
    let headers = request.headers.into_iter().chain([(name, value)]).collect();
    client.request(request.method, request.url).headers(headers).body(request.body).send().await.unwrap()
}

async fn ask(upstream: &Upstream, kind: &str, streamed: bool) -> Response {
    let base_url = BaseUrl::parse(&upstream.base_url()).unwrap();
    let target =
        Target { base_url: &base_url, model: None, options: &ProviderOptions::default(), output_max: None };
    send(common::upstream(kind).request(&target, &common::long_conversation(Block::Title), streamed)).await
}

#[tokio::test]
async fn answers_are_read_whole_and_in_pieces() {
    for (kind, dialect) in DIALECTS {
        let upstream = start(dialect).await;
        let body = ask(&upstream, kind, false).await.bytes().await.unwrap();
        let whole = common::upstream(kind).read_reply(&body).ok().unwrap();
        assert_eq!((whole.text.as_str(), whole.finish), ("MARKER è — 🙂 Shorter", Finish::Complete));
        for behaviour in [Behaviour::Ok, Behaviour::SplitUtf8] {
            upstream.set_behaviour(behaviour);
            let mut reply = ask(&upstream, kind, true).await;
            let (mut reader, mut events) = (common::upstream(kind).stream_reader(), Vec::new());
            while let Some(chunk) = reply.chunk().await.unwrap() {
                reader.push(&chunk, &mut events);
            }
            reader.end(&mut events);
            let usage = whole.usage.unwrap();
            let mut told: Vec<String> = events.iter().map(written).collect();
            told.retain(|event| {
                kind == "openai" || !event.ends_with(&format!("+ 1 = {}", usage.prompt_tokens + 1))
            });
            let total = format!("usage {} + 5 = {}", usage.prompt_tokens, usage.total_tokens);
            let words = ["MARKER ", "è ", "— ", "🙂 ", "Shorter"].map(|word| format!("delta {word:?}"));
            assert_eq!(
                told,
                [&words[..], &[total, "done Complete".to_owned()]].concat(),
                "{kind} {behaviour:?}"
            );
        }
        let seen = upstream.last_request().unwrap();
        let with_key = seen.headers.iter().filter(|(_, value)| value.contains(KEY));
        assert_eq!(with_key.count(), 1, "the key stands in one header");
        assert!(!String::from_utf8_lossy(&seen.body).contains(KEY) && seen.query.is_none());
    }
}

#[tokio::test]
async fn failures_are_told_by_their_cause() {
    for (behaviour, cause) in [
        (Behaviour::Unauthorized, Cause::KeyRejected),
        (Behaviour::PermissionDenied, Cause::PermissionDenied),
        (Behaviour::RateLimited { retry_after: None }, Cause::RateLimited),
        (Behaviour::QuotaExhausted, Cause::QuotaExhausted),
        (Behaviour::ServerError(500), Cause::UpstreamError),
        (Behaviour::ServerError(503), Cause::UpstreamOverloaded),
        (Behaviour::ServerError(529), Cause::UpstreamOverloaded),
        (Behaviour::ModelNotFound, Cause::ModelUnknown),
        (Behaviour::Redirect, Cause::UpstreamRedirect),
    ] {
        for (kind, dialect) in DIALECTS {
            let upstream = start(dialect).await;
            upstream.set_behaviour(behaviour);
            let reply = ask(&upstream, kind, true).await;
            let status = reply.status().as_u16();
            let told = common::adapter(kind).read_failure(status, &reply.bytes().await.unwrap());
            assert_eq!(told, cause, "{kind} {behaviour:?}");
        }
    }
}

#[tokio::test]
async fn streams_that_fail_are_told_by_their_cause() {
    for (behaviour, openai, anthropic) in [
        (Behaviour::EndEarly(2), "failed stream-cut", "failed stream-cut"),
        (Behaviour::FailStream(2), "failed upstream-error", "failed upstream-overloaded"),
        (Behaviour::BrokenJson, "failed reply-invalid", "failed reply-invalid"),
        (Behaviour::WrongContentType, "failed reply-invalid", "failed reply-invalid"),
        (Behaviour::ContentFiltered, "done Filtered", "done Filtered"),
        (Behaviour::EmptyAnswer, "done Complete", "done Complete"),
        (Behaviour::Huge(200_000), "done Complete", "done Complete"),
        (Behaviour::Huge(300_000), "failed reply-invalid", "failed reply-invalid"),
    ] {
        for ((kind, dialect), expected) in DIALECTS.into_iter().zip([openai, anthropic]) {
            let upstream = start(dialect).await;
            upstream.set_behaviour(behaviour);
            let body = ask(&upstream, kind, true).await.bytes().await.unwrap();
            assert_eq!(common::read(kind, &[&body]).last().unwrap(), expected, "{kind} {behaviour:?}");
        }
    }
}

#[tokio::test]
async fn probes_tell_a_good_key_from_a_bad_one() {
    for (kind, dialect) in DIALECTS {
        let upstream = start(dialect).await;
        let base_url = BaseUrl::parse(&upstream.base_url()).unwrap();
        let probe = || {
            common::adapter(kind)
                .probe(&Target {
                    base_url: &base_url,
                    model: None,
                    options: &ProviderOptions::default(),
                    output_max: None,
                })
                .unwrap()
        };
        assert_eq!(send(probe()).await.status(), 200);
        upstream.set_behaviour(Behaviour::Unauthorized);
        let refused = send(probe()).await;
        let told =
            common::adapter(kind).read_failure(refused.status().as_u16(), &refused.bytes().await.unwrap());
        assert_eq!(told, Cause::KeyRejected);
    }
}
