//! The gate's answers: bodies refused by their announced length, preflights, files, and the port on both addresses.

use serde_json::json;

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_body_too_large_is_refused_before_it_is_read() {
    let bench = Bench::openai().await;
    let token = bench.token().await;
    let request = |length: usize| {
        format!(
            "POST /v1/ai/text HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: {ORIGIN}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n",
            bench.port
        )
    };
    let announced = bench.raw(&request(1024 * 1024 + 1)).await;
    assert_eq!((announced.status, announced.cause().as_str()), (413, "body-too-large"));
    let long = body(&"x".repeat(8001)).to_string();
    let reply = bench.raw(&(request(long.len()) + &long)).await;
    assert_eq!((reply.status, reply.cause().as_str()), (400, "body-invalid"));
    assert_eq!(reply.json()["detail"]["what"], "prompt");
    assert_eq!(bench.upstream.counts().requests, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn preflights_are_answered_for_allowed_origins_only() {
    let bench = Bench::openai().await;
    let ask = |origin: &str| {
        format!(
            "OPTIONS /v1/ai/text HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: {origin}\r\n\
             Access-Control-Request-Method: POST\r\nAccess-Control-Request-Private-Network: true\r\n\r\n",
            bench.port
        )
    };
    let allowed = bench.raw(&ask(ORIGIN)).await;
    assert_eq!(allowed.status, 204);
    for line in [
        "access-control-allow-origin: http://localhost:3000",
        "access-control-allow-private-network: true",
        "vary: origin",
    ] {
        assert!(allowed.head.contains(line), "{line}");
    }
    let refused = bench.raw(&ask("https://evil.example")).await;
    assert_eq!(refused.status, 403);
    assert!(!refused.head.contains("access-control-allow"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_port_is_held_on_both_addresses() {
    let bench = Bench::openai().await;
    let dir = tempfile::tempdir().unwrap();
    let other = open(dir.path().join("data"), std::sync::Arc::clone(&bench.clock)).await.unwrap();
    let refused = other.call("proxy_start", json!({ "port": bench.port })).await.unwrap_err();
    assert_eq!(refused.code, console::api::Code::PortTaken);
    // A stranger on the IPv6 side alone is an error, not a shrug.
    if let Ok(stranger) = tokio::net::TcpListener::bind("[::1]:0").await {
        let port = stranger.local_addr().unwrap().port();
        let refused = other.call("proxy_start", json!({ "port": port })).await.unwrap_err();
        assert_eq!(refused.code, console::api::Code::PortTaken);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_served_without_a_token_and_nothing_else_is() {
    let bench = Bench::openai().await;
    let get = |path: &str| {
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nSec-Fetch-Site: none\r\n\r\n", bench.port)
    };
    let page = bench.raw(&get("/demo/")).await;
    assert_eq!(page.status, 200);
    assert!(page.head.contains("content-security-policy: default-src 'none'"));
    let sdk = bench.raw(&get("/sdk/ha-addon.js")).await;
    assert!(sdk.status == 200 && sdk.head.contains("content-type: text/javascript"), "{}", sdk.head);
    let plugin = bench.raw(&get("/plugin/v2/BeePlugin.js")).await;
    assert!(plugin.status == 200 && plugin.head.contains("content-type: text/javascript"), "{}", plugin.head);
    assert!(plugin.body.contains("BeePlugin"));
    for header in ["cross-origin-resource-policy: cross-origin", "cache-control: no-cache"] {
        assert!(sdk.head.contains(header) && plugin.head.contains(header), "{header}");
    }
    assert_eq!(bench.raw(&get("/plugin/v2/host.js")).await.status, 404);
    assert_eq!(bench.raw(&get("/demo/../Cargo.toml")).await.status, 404);
    assert_eq!(bench.raw(&get("/sdk/../../Cargo.toml")).await.status, 404);
    assert_eq!(bench.raw(&get("/v1/session")).await.cause(), "bearer-missing");
}
