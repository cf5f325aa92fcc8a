//! The stand-in upstream does what it says, as seen by a client nobody here wrote (reqwest).

// Helpers of tests are tests too; clippy sees only the functions marked so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::Duration;

use reqwest::{Certificate, Client, Response};
use serde_json::{Value, json};
use testkit::upstream::{Behaviour, Dialect, Options, Upstream};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const KEY: &str = "sk-test-0123456789abcdefghijWXYZ";

fn client(upstream: &Upstream) -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    let trusted = upstream.ca_pem().map(|pem| Certificate::from_pem(pem.as_bytes()).unwrap());
    builder.tls_certs_only(trusted).build().unwrap()
}

async fn start(dialect: Dialect, behaviour: Behaviour) -> Upstream {
    let options = Options { expect_key: Some(KEY.to_owned()), behaviour, ..Options::default() };
    Upstream::start(dialect, options).await
}

fn post(upstream: &Upstream, dialect: Dialect, stream: bool) -> reqwest::RequestBuilder {
    let turns = json!([{"role": "user", "content": "Sell shoes"}]);
    let (path, body) = match dialect {
        Dialect::OpenAi => (
            "/chat/completions",
            json!({"model": "m", "messages": turns, "stream": stream, "stream_options": {"include_usage": true}}),
        ),
        Dialect::Anthropic => {
            ("/v1/messages", json!({"model": "m", "max_tokens": 9, "messages": turns, "stream": stream}))
        }
    };
    let request = client(upstream).post(format!("{}{path}", upstream.base_url())).body(body.to_string());
    match dialect {
        Dialect::OpenAi => request.bearer_auth(KEY),
        Dialect::Anthropic => request.header("x-api-key", KEY).header("anthropic-version", "2026-10-21"),
    }
}

async fn json_of(response: Response) -> Value {
    serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
}

#[tokio::test]
async fn answers_hold_the_marker_and_the_prompt() {
    for dialect in [Dialect::OpenAi, Dialect::Anthropic] {
        let upstream = start(dialect, Behaviour::Ok).await;
        let whole = json_of(post(&upstream, dialect, false).send().await.unwrap()).await.to_string();
        assert!(whole.contains("MARKER è — 🙂 Sell shoes"), "{whole}");
        let stream = post(&upstream, dialect, true).send().await.unwrap().text().await.unwrap();
        let end = if dialect == Dialect::OpenAi { "[DONE]" } else { "message_stop" };
        assert!(stream.contains("\"🙂 \"") && stream.contains(end), "{stream}");
        let seen = upstream.last_request().unwrap();
        assert_eq!(seen.json()["stream"], true);
        assert!(seen.headers.iter().any(|(_, value)| value.contains(KEY)));
        assert_eq!((upstream.counts().requests, upstream.aborted_count()), (2, 0));
    }
}

#[tokio::test]
async fn a_wrong_key_comes_back_in_part_and_a_short_one_whole() {
    let upstream = start(Dialect::OpenAi, Behaviour::Ok).await;
    let ask =
        |key: &'static str| client(&upstream).get(upstream.base_url() + "/models").bearer_auth(key).send();
    assert_eq!(ask(KEY).await.unwrap().status(), 200);
    let refused = ask("sk-wrong-0123456789abcdefghijLAST").await.unwrap();
    assert_eq!(refused.status(), 401);
    let told = refused.text().await.unwrap();
    assert!(told.contains("sk-wrong") && told.contains("LAST") && !told.contains("0123"), "{told}");
    assert!(ask("sk-jj").await.unwrap().text().await.unwrap().contains("provided: sk-jj."));
}

#[tokio::test]
async fn requests_the_provider_would_refuse_are_refused() {
    let openai = start(Dialect::OpenAi, Behaviour::Ok).await;
    let ask = |path: &str, body: Value| {
        client(&openai).post(openai.base_url() + path).bearer_auth(KEY).body(body.to_string()).send()
    };
    let turns = json!([{"role": "user", "content": "x"}]);
    let old = json!({"model": "m", "messages": turns, "max_tokens": 5});
    assert_eq!(ask("/chat/completions", old).await.unwrap().status(), 400);
    assert_eq!(ask("/elsewhere", json!({})).await.unwrap().status(), 404);
    let anthropic = start(Dialect::Anthropic, Behaviour::Ok).await;
    let body = json!({"model": "m", "messages": turns});
    let unversioned = client(&anthropic).post(anthropic.base_url() + "/v1/messages").header("x-api-key", KEY);
    assert_eq!(unversioned.body(body.to_string()).send().await.unwrap().status(), 400);
}

#[tokio::test]
async fn every_failure_has_its_status() {
    for (behaviour, openai, anthropic) in [
        (Behaviour::Unauthorized, 401, 401),
        (Behaviour::PermissionDenied, 401, 403),
        (Behaviour::RateLimited { retry_after: Some(7) }, 429, 429),
        (Behaviour::QuotaExhausted, 429, 400),
        (Behaviour::ServerError(529), 529, 529),
        (Behaviour::ModelNotFound, 404, 404),
        (Behaviour::Redirect, 307, 307),
        (Behaviour::WrongContentType, 200, 200),
    ] {
        for (dialect, status) in [(Dialect::OpenAi, openai), (Dialect::Anthropic, anthropic)] {
            let upstream = start(dialect, behaviour).await;
            let reply = post(&upstream, dialect, true).send().await.unwrap();
            assert_eq!(reply.status(), status, "{behaviour:?}");
            let waits = reply.headers().get("retry-after").is_some_and(|value| value == "7");
            assert_eq!(waits, matches!(behaviour, Behaviour::RateLimited { .. }));
        }
    }
}

#[tokio::test]
async fn a_stream_can_be_cut_ended_early_failed_or_broken() {
    let upstream = start(Dialect::OpenAi, Behaviour::CutStream(2)).await;
    let ask = || post(&upstream, Dialect::OpenAi, true).send();
    assert!(ask().await.unwrap().text().await.is_err());
    for (behaviour, last) in [
        (Behaviour::EndEarly(2), "\"è \""),
        (Behaviour::FailStream(2), "server_error"),
        (Behaviour::BrokenJson, "{\"broken\": "),
    ] {
        upstream.set_behaviour(behaviour);
        let text = ask().await.unwrap().text().await.unwrap();
        let events: Vec<_> = text.split_terminator("\n\n").collect();
        assert!(events.last().unwrap().contains(last), "{behaviour:?}: {text}");
        assert!(!text.contains("[DONE]"));
    }
    upstream.set_behaviour(Behaviour::Huge(300_000));
    assert!(ask().await.unwrap().text().await.unwrap().len() > 300_000);
    upstream.set_behaviour(Behaviour::BrokenJson);
    let broken = post(&upstream, Dialect::OpenAi, false).send().await.unwrap().bytes().await.unwrap();
    assert!(serde_json::from_slice::<Value>(&broken).is_err());
    assert_eq!(upstream.aborted_count(), 0, "nobody left early");
}

#[tokio::test]
async fn split_bytes_are_writes_of_their_own() {
    let upstream = start(Dialect::OpenAi, Behaviour::SplitUtf8).await;
    let body = r#"{"model":"m","messages":[{"role":"user","content":"x"}],"stream":true}"#;
    let mut stream = TcpStream::connect(upstream.address()).await.unwrap();
    let head = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {KEY}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).await.unwrap();
    let start = reply.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
    // In chunked coding each write is a chunk: its size, the byte, a line end.
    for chunk in reply[start..reply.len() - 5].chunks(6) {
        assert!(chunk.starts_with(b"1\r\n") && chunk.ends_with(b"\r\n"), "{chunk:?}");
    }
}

#[tokio::test]
async fn a_client_that_goes_away_is_noticed() {
    for (tls, behaviour) in
        [(false, Behaviour::Stall(1)), (true, Behaviour::Stall(1)), (false, Behaviour::SlowFirstByte(60_000))]
    {
        let options = Options { tls, behaviour, ..Options::default() };
        let upstream = Upstream::start(Dialect::OpenAi, options).await;
        let asking = tokio::spawn(post(&upstream, Dialect::OpenAi, true).send());
        assert!(upstream.wait_for_requests(1).await);
        if let Behaviour::Stall(_) = behaviour {
            let mut reply = asking.await.unwrap().unwrap();
            assert!(reply.chunk().await.unwrap().is_some());
            assert_eq!(upstream.aborted_count(), 0);
            drop(reply);
        } else {
            asking.abort();
        }
        assert!(upstream.wait_for_aborts(1).await, "tls {tls}, {behaviour:?}");
    }
}

#[tokio::test]
async fn tls_holds_for_those_who_trust_the_test_ca() {
    let upstream = Upstream::start(Dialect::Anthropic, Options { tls: true, ..Options::default() }).await;
    let reply = post(&upstream, Dialect::Anthropic, false).send().await.unwrap();
    assert_eq!((reply.status().as_u16(), reply.version()), (200, reqwest::Version::HTTP_2));
    assert_eq!(upstream.last_request().unwrap().version, "HTTP/2.0");
    let stranger = Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
    assert!(stranger.get(upstream.base_url()).send().await.unwrap_err().is_connect());
    let old =
        Upstream::start(Dialect::Anthropic, Options { tls: true, http2: false, ..Options::default() }).await;
    let reply = post(&old, Dialect::Anthropic, false).send().await.unwrap();
    assert_eq!(reply.version(), reqwest::Version::HTTP_11);
}

#[tokio::test]
async fn the_program_serves_obeys_and_logs() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    std::fs::write(file("key"), format!("{KEY}\n")).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_fake-provider"))
        .args(["--dialect", "openai", "--tls", "--marker", "PROGRAM"])
        .args(["--expect-key-file".as_ref(), file("key").as_os_str()])
        .args(["--ca-out".as_ref(), file("ca.pem").as_os_str(), "--log".as_ref(), file("log").as_os_str()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines().map(Result::unwrap);
    let said: Value = serde_json::from_str(&lines.next().unwrap()).unwrap();
    assert_eq!(said["event"], "listening");
    let _ = rustls::crypto::ring::default_provider().install_default();
    let ca = Certificate::from_pem(&std::fs::read(file("ca.pem")).unwrap()).unwrap();
    let client = Client::builder().no_proxy().tls_certs_only([ca]).build().unwrap();
    let ask = || client.get(format!("{}/models", said["url"].as_str().unwrap())).bearer_auth(KEY).send();
    assert_eq!(ask().await.unwrap().status(), 200);
    program.stdin.as_mut().unwrap().write_all(b"{\"server-error\":503}\n").unwrap();
    assert!(lines.next().unwrap().contains("behaviour"));
    assert_eq!(ask().await.unwrap().status(), 503);
    let mut logged = Vec::new();
    for _ in 0..500 {
        let text = std::fs::read_to_string(file("log")).unwrap();
        logged = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect();
        if logged.len() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(logged.len(), 2);
    assert_eq!(logged[1]["path"], "/v1/models");
    assert_eq!(logged[1]["headers"]["authorization"], format!("Bearer {KEY}"));
    program.kill().unwrap();
    program.wait().unwrap();
}
