use std::collections::BTreeSet;

use http::Method;
use url::Url;

use super::*;
use crate::request::Auth;
use crate::{adapter, registry};

fn request(path: &str, body: &str) -> UpstreamRequest {
    let url: Url = format!("https://api.example{path}").parse().unwrap();
    let body = Bytes::copy_from_slice(body.as_bytes());
    UpstreamRequest { method: Method::POST, url, headers: Vec::new(), auth: Auth::Bearer, body }
}

#[test]
fn every_refusal_is_read_as_what_it_is() {
    for known in registry() {
        let there = stand_in(*known);
        for fault in offered(there).into_iter().filter(|fault| fault.group() == FaultGroup::Refusal) {
            let refused = refusals::find(fault, there).unwrap();
            let kind = known.descriptor().kind;
            let cause = there.read_failure(refused.status, refused.body.as_bytes());
            let expected = match (fault, kind) {
                (Fault::KeyRevoked, "anthropic") => Cause::PermissionDenied,
                (Fault::KeyRevoked, _) => Cause::KeyRejected,
                (Fault::SpendingLimit, _) => Cause::QuotaExhausted,
                (Fault::RateLimitedRetryAfter, _) => Cause::RateLimited,
                (Fault::Overloaded, "deepl") => Cause::RateLimited,
                (Fault::Overloaded | Fault::ServiceUnavailable, _) => Cause::UpstreamOverloaded,
                (Fault::RequestTooLarge, "azure-vision") => Cause::ImageRejected,
                (Fault::RequestTooLarge, "deepl") => Cause::ContextTooLong,
                (Fault::RequestRejected | Fault::RequestTooLarge, _) => Cause::UpstreamRejected,
                (Fault::RequestTimeout, _) => Cause::UpstreamTimeout,
                (Fault::ServerError | Fault::BadGateway | Fault::GatewayTimeout, _) => Cause::UpstreamError,
                (Fault::GatewayForbids, _) => Cause::PermissionDenied,
                (Fault::Redirect, _) => Cause::UpstreamRedirect,
                (fault, _) => Cause::from_word(fault.word()).unwrap(),
            };
            assert_eq!(cause, expected, "{kind}: {}", fault.word());
        }
    }
}

#[test]
fn a_fault_is_offered_where_it_exists() {
    let of = |kind: &str| offered(adapter(&kind.to_owned().try_into().unwrap()).unwrap());
    for known in registry() {
        let kind = known.descriptor().kind;
        let all = of(kind);
        assert!(all.len() >= 40, "{kind}: {}", all.len());
        assert_eq!(all.contains(&Fault::DeploymentUnknown), kind == "azure-openai");
        assert_eq!(all.contains(&Fault::WrongEndpoint), kind == "deepl");
        let plain = matches!(kind, "azure-vision" | "deepl" | "stability");
        assert_eq!(!all.iter().any(|fault| fault.needs_stream()), plain, "{kind}");
    }
    let everywhere: BTreeSet<Fault> = registry().iter().flat_map(|known| offered(*known)).collect();
    assert_eq!(everywhere.len(), Fault::ALL.len(), "each exists somewhere");
}

#[test]
fn no_played_byte_looks_like_a_key() {
    let mut patterns = 0;
    for known in registry() {
        for fault in offered(*known) {
            for body in ["{}", r#"{"stream":true}"#] {
                let Some(Played::Reply(reply)) = play(fault, *known, &request("/v1/chat/completions", body))
                else {
                    continue;
                };
                patterns += 1;
                for (_, piece) in reply.pieces.iter().filter(|(_, piece)| piece.len() < 10_000) {
                    let text = String::from_utf8_lossy(piece);
                    assert!(!text.contains("sk-") && !text.contains("Bearer "), "{text}");
                }
            }
        }
    }
    assert!(patterns > 100);
}

#[test]
fn the_unspoiled_answer_is_read_as_right_in_every_dialect() {
    for (kind, path) in [
        ("openai", "/v1/chat/completions"),
        ("openai", "/v1/responses"),
        ("azure-openai", "/openai/deployments/x/chat/completions"),
        ("anthropic", "/v1/messages"),
        ("openai-compatible", "/v1/chat/completions"),
    ] {
        let there = adapter(&kind.to_owned().try_into().unwrap()).unwrap();
        let Some(crate::Way::Upstream(writing)) = there.writing() else { panic!("{kind} writes") };
        let Some(Played::Reply(reply)) = play(Fault::SlowFirstByte, there, &request(path, "{}")) else {
            panic!()
        };
        let read = writing.read_reply(&reply.pieces[0].1).map_err(|cause| cause.word()).unwrap();
        assert!(read.text.contains("è 🙂") && read.usage.is_some(), "{kind}");
        let asked = request(path, r#"{"stream":true,"stream_options":{"include_usage":true}}"#);
        for fault in [Fault::SlowDrip, Fault::SplitUtf8, Fault::UnknownFinishReason] {
            let Some(Played::Reply(reply)) = play(fault, there, &asked) else { panic!() };
            let (mut reader, mut events) = (writing.stream_reader(), Vec::new());
            reply.pieces.iter().for_each(|(_, piece)| reader.push(piece, &mut events));
            reader.end(&mut events);
            let text: String = events
                .iter()
                .filter_map(|event| match event {
                    crate::WritingEvent::Delta(text) => Some(text.as_str()),
                    _ => None,
                })
                .collect();
            assert_eq!(text, read.text, "{kind} {}", fault.word());
            assert!(matches!(events.last(), Some(crate::WritingEvent::Done(_))), "{kind} {}", fault.word());
        }
    }
}
