//! Whom the proxy trusts: certificates, a CA file, a corporate proxy, HTTP/1.1 and HTTP/2, and what it says when not.

use serde_json::{Value, json};
use testkit::scripted::{Asked, Said, Scripted};
use testkit::tls::TestCa;

use crate::support::*;

/// Lists no models, and answers every question, streamed when that is asked.
fn completion(asked: &Asked) -> Said {
    if asked.json()["stream"] == true {
        let stream = "data: {\"choices\":[{\"delta\":{\"content\":\"OK\"}}]}\n\ndata: [DONE]\n\n";
        return Said::text(200, "text/event-stream", stream);
    }
    let answer =
        json!({ "data": [], "choices": [{ "message": { "content": "Hello" }, "finish_reason": "stop" }] });
    Said::json(200, &answer)
}

/// Tests a provider at `https://localhost:PORT`: the stage that failed and why.
async fn test(bench: &Bench, name: &str, url: &str) -> (Value, Value) {
    let (id, _) = bench.provider("openai", name, url, json!({})).await;
    let report: Value = call(&bench.console, "provider_test", json!({ "stored": id })).await;
    let last = report["stages"].as_array().unwrap().last().unwrap().clone();
    (last, report)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_bad_certificate_has_its_own_cause() {
    let bench = Bench::openai().await;
    let (ours, theirs) = (TestCa::new(), TestCa::new());
    let file = bench.dir.path().join("ca.pem");
    std::fs::write(&file, ours.pem()).unwrap();
    let set: Value = call(&bench.console, "network_set", json!({ "ca_file": file })).await;
    assert_eq!(set["problem"], Value::Null);
    for (name, config, cause) in [
        ("Expired", ours.server_config_for(&["localhost"], &["http/1.1"], true), json!("tls-expired")),
        (
            "Wrong host",
            ours.server_config_for(&["other.example"], &["http/1.1"], false),
            json!("tls-wrong-host"),
        ),
        ("Unknown CA", theirs.server_config(&["http/1.1"]), json!("tls-unknown-ca")),
        ("Our CA", ours.server_config(&["http/1.1"]), Value::Null),
        ("HTTP 2", ours.server_config(&["h2", "http/1.1"]), Value::Null),
    ] {
        let server = Scripted::start(Some(config), completion).await;
        let (last, report) = test(&bench, name, &format!("https://localhost:{}/v1", server.port())).await;
        assert_eq!(last["cause"], cause, "{name}: {report}");
        let stage = if cause.is_null() { "first-byte" } else { "tls" };
        assert_eq!(last["stage"], stage, "{name}: {report}");
        if cause.is_null() {
            let version = format!("{:?}", server.asked().pop().unwrap().version);
            assert_eq!(version == "HTTP/2.0", name == "HTTP 2", "{version}");
        } else {
            assert!(server.asked().is_empty(), "{name}: no request over a connection that is not trusted");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_ca_file_the_systems_roots_stay_alone() {
    let bench = Bench::openai().await;
    let ca = TestCa::new();
    let server = Scripted::start(Some(ca.server_config(&["http/1.1"])), completion).await;
    let url = format!("https://localhost:{}/v1", server.port());
    assert_eq!(test(&bench, "Before", &url).await.0["cause"], "tls-unknown-ca");
    let file = bench.dir.path().join("ca.pem");
    for (text, message) in [
        ("", "holds no PEM certificate"),
        ("-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n", ""),
    ] {
        std::fs::write(&file, text).unwrap();
        let refused = bench.console.call("network_set", json!({ "ca_file": file })).await.unwrap_err();
        assert!(
            refused.message.contains("Nothing was changed") && refused.message.contains(message),
            "{refused}"
        );
    }
    let missing = bench.console.call("network_set", json!({ "ca_file": "/nowhere.pem" })).await.unwrap_err();
    assert!(missing.message.contains("cannot be read"), "{missing}");
    std::fs::write(&file, ca.pem()).unwrap();
    let _: Value = call(&bench.console, "network_set", json!({ "ca_file": file })).await;
    assert_eq!(test(&bench, "After", &url).await.1["ok"], true);
    let _: Value = call(&bench.console, "network_set", json!({ "ca_file": "" })).await;
    assert_eq!(test(&bench, "Taken away", &url).await.0["cause"], "tls-unknown-ca");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corporate_proxy_with_its_own_authority_works_and_is_named() {
    let bench = Bench::openai().await;
    let ca = TestCa::new();
    let file = bench.dir.path().join("corporate.pem");
    std::fs::write(&file, ca.pem()).unwrap();
    let proxy = Scripted::corporate_proxy(ca, completion).await;
    let settings = json!({ "proxy": proxy.url() });
    let view: Value = call(&bench.console, "network_set", settings).await;
    assert_eq!(view["through"], format!("127.0.0.1:{}", proxy.port()));
    // A name that nobody knows but the proxy: it never leaves this machine.
    let url = "https://api.openai.invalid/v1";
    let (last, report) = test(&bench, "Untrusted", url).await;
    assert_eq!((&last["stage"], &last["cause"]), (&json!("tls"), &json!("tls-unknown-ca")), "{report}");
    let settings = json!({ "proxy": proxy.url(), "ca_file": file });
    let _: Value = call(&bench.console, "network_set", settings).await;
    let (id, key) = bench.provider("openai", "Behind", url, json!({})).await;
    let report: Value = call(&bench.console, "provider_test", json!({ "stored": id })).await;
    assert_eq!(report["ok"], true, "{report}");
    assert_eq!(report["through"], format!("127.0.0.1:{}", proxy.port()));
    assert!(proxy.connected().iter().all(|target| target == "api.openai.invalid:443"));
    assert!(proxy.asked().last().unwrap().header("authorization").ends_with(key.key()));
    // An answer too, and this machine's own servers are still called without it.
    bench.addon("ai-integration", &[&id]).await;
    assert_eq!(bench.write("Hello", false).await.status, 200);
    let before = proxy.asked().len();
    bench.addon("ai-integration", &[&bench.provider["id"]]).await;
    assert_eq!(bench.write("Hello", false).await.status, 200);
    assert_eq!(proxy.asked().len(), before);
    // A proxy that is not there is named as what failed.
    let dead = Scripted::start(None, completion).await.url();
    let _: Value = call(&bench.console, "network_set", json!({ "proxy": dead })).await;
    let report: Value = call(&bench.console, "provider_test", json!({ "stored": id })).await;
    assert_eq!(report["cause"], "corporate-proxy-failed", "{report}");
    for bad in ["not a url", "ftp://x", "http://user:secret@proxy:3128"] {
        assert!(bench.console.call("network_set", json!({ "proxy": bad })).await.is_err(), "{bad}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_not_there_is_told_by_its_stage() {
    let bench = Bench::openai().await;
    let gone = Scripted::start(None, completion).await;
    let refused = format!("http://127.0.0.1:{}", gone.port());
    drop(gone);
    let plain = Scripted::start(None, completion).await;
    for (name, url, stage, cause) in [
        ("No such name", "https://nowhere.invalid/v1".to_owned(), "name", "name-unknown"),
        ("Nobody there", refused, "tcp", "connection-refused"),
        ("No TLS", format!("https://127.0.0.1:{}", plain.port()), "tls", "upstream-tls"),
        ("Metadata", "https://169.254.169.254/v1".to_owned(), "name", "destination-refused"),
    ] {
        let (last, report) = test(&bench, name, &url).await;
        assert_eq!((&last["stage"], &last["cause"]), (&json!(stage), &json!(cause)), "{name}: {report}");
    }
}
