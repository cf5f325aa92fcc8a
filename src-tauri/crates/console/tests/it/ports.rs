//! Which port: a taken one names its owner, a pinned one is kept, any other gives way and says so.

use std::sync::Arc;

use console::api::*;
use serde_json::json;

use crate::support::*;

fn port_of(status: &ProxyStatus) -> (u16, Option<Moved>) {
    let ProxyStatus::Running { port, moved, .. } = status else { panic!("it runs: {status:?}") };
    (*port, moved.clone())
}

async fn second(bench: &Bench, dir: &tempfile::TempDir) -> Arc<console::Console> {
    let console = open(dir.path().join("data"), Arc::clone(&bench.clock)).await.unwrap();
    console.unlock().await.unwrap();
    console
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_of_a_taken_port_is_named_and_a_wanted_port_is_not_left() {
    let bench = Bench::openai().await;
    let dir = tempfile::tempdir().unwrap();
    let other = second(&bench, &dir).await;
    let refused = other.call("proxy_start", json!({ "port": bench.port })).await.unwrap_err();
    assert_eq!(refused.code, Code::PortTaken);
    let me = format!("(process {})", std::process::id());
    assert!(refused.message.contains(&me), "{}", refused.message);
    let overview = other.call("overview", json!({})).await.unwrap();
    assert_eq!(overview["proxy"]["state"], "failed");
    assert!(overview["proxy"]["message"].as_str().unwrap().contains(&me));
    // Pinned: the same, and kept over a restart of the proxy.
    let pin = other.call("port_pin", json!({ "port": bench.port })).await.unwrap_err();
    assert_eq!(pin.code, Code::PortTaken);
    assert_eq!(other.call("proxy_start", json!({})).await.unwrap_err().code, Code::PortTaken);
    let view: PortView = call(&other, "port_get", json!({})).await;
    assert_eq!(view.pinned, Some(bench.port));
    // Let go, it finds its way.
    let view: PortView = call(&other, "port_pin", json!({})).await;
    assert_eq!(view.pinned, None);
    assert_ne!(port_of(&view.proxy).0, bench.port);
    assert_eq!(other.call("port_pin", json!({ "port": 80 })).await.unwrap_err().code, Code::InvalidInput);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unpinned_proxy_takes_the_next_free_port_and_everything_follows() {
    let bench = Bench::openai().await;
    // Holds the usual port, unless somebody else on this machine does.
    let usual = tokio::net::TcpListener::bind(("127.0.0.1", 23366)).await;
    let dir = tempfile::tempdir().unwrap();
    let other = second(&bench, &dir).await;
    let status: ProxyStatus = call(&other, "proxy_start", json!({})).await;
    let (port, moved) = port_of(&status);
    let moved = moved.expect("it says that it moved");
    assert!(port != 23366 && moved.from == 23366);
    if usual.is_ok() {
        assert!(moved.owner.unwrap().contains("process"));
    }
    let application: ApplicationView = call(&other, "demo_prepare", json!({})).await;
    let link: PreviewLink = call(&other, "preview_link", json!({ "application": application.id })).await;
    assert!(link.url.starts_with(&format!("http://127.0.0.1:{port}/demo/")), "{}", link.url);
    let doctor = other.call("doctor", json!({})).await.unwrap().to_string();
    assert!(doctor.contains(&format!("127.0.0.1:{port}")));
    // Pinned to a free port, it moves there at once, and its sessions with it.
    let origin =
        json!({ "application": application.id, "name": "Demo", "kind": "email", "origins": [ORIGIN] });
    let _: ApplicationView = call(&other, "application_update", origin).await;
    let issue = json!({ "application": application.id, "uid": "u", "origin": ORIGIN });
    let token: IssuedToken = call(&other, "token_issue", issue).await;
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let view: PortView = call(&other, "port_pin", json!({ "port": free })).await;
    assert_eq!(port_of(&view.proxy), (free, None));
    let moved = Bench { console: other, port: free, ..bench };
    let request = format!(
        "GET /v1/session HTTP/1.1\r\nHost: 127.0.0.1:{free}\r\nAuthorization: Bearer {}\r\n\r\n",
        token.access_token
    );
    assert_eq!(moved.raw(&request).await.status, 200);
}
