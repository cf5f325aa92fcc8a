//! Invariant 5: fail closed. Whoever the gate refuses reaches no upstream, whatever the request looks like.

use serde_json::json;

use crate::support::*;

/// A call that would succeed, to be broken in one place each time.
async fn good(bench: &Bench) -> String {
    let body = body("Hello").to_string();
    format!(
        "POST /v1/ai/text HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: {ORIGIN}\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        bench.port,
        bench.token().await,
        body.len()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn invariant_5_each_broken_request_is_refused_with_its_word_and_calls_nobody() {
    let bench = Bench::openai().await;
    let good = good(&bench).await;
    let port = bench.port;
    let host = format!("Host: 127.0.0.1:{port}");
    let origin = format!("Origin: {ORIGIN}");
    let bearer = good.lines().find(|line| line.starts_with("Authorization")).unwrap().to_owned();
    let with = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        good.replacen(from, to, 1)
    };
    let mut table = vec![
        (with("/v1/ai/text", "/v1/ai/nothing"), 404, "route-unknown"),
        (with("/v1/ai/text", "/v1/ai/text/"), 404, "route-unknown"),
        (with("POST ", "PUT "), 405, "method-not-allowed"),
        (with("/v1/ai/text", &format!("http://127.0.0.1:{port}/v1/ai/text")), 421, "host-not-allowed"),
        (with(&format!("{bearer}\r\n"), ""), 401, "bearer-missing"),
        (with(&bearer, "Authorization: Basic abc"), 401, "bearer-malformed"),
        (with(&bearer, "Authorization: Bearer "), 401, "bearer-malformed"),
        (with(&bearer, &format!("{bearer} x")), 401, "bearer-malformed"),
        (with(&bearer, &format!("{bearer}\r\n{bearer}")), 401, "bearer-malformed"),
        (
            with(&bearer, "Authorization: Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            401,
            "session-over",
        ),
        (with("application/json", "text/plain"), 415, "content-type"),
        (with("application/json", "application/json; charset=latin1"), 415, "content-type"),
        (with("application/json", "application/json\r\nContent-Encoding: gzip"), 415, "content-type"),
        (with("Content-Type: application/json\r\n", ""), 415, "content-type"),
        (with("\"prompt\":", "\"prompt\";"), 400, "body-invalid"),
        (with("\"TITLE\"", "\"TABLE\""), 400, "body-invalid"),
        (with("\"Hello\"", "\"     \""), 400, "body-invalid"),
        (with("ai-integration", "ai-integratiom"), 404, "addon-unknown"),
        (with(&origin, "Sec-Fetch-Site: cross-site"), 403, "origin-not-allowed"),
    ];
    for foreign in [
        "Origin: null",
        "Origin: https://evil.example",
        "Origin: http://localhost:3001",
        "Origin: https://localhost:3000",
        "Origin: http://localhost:3000.evil.example",
        "Origin: http://LOCALHOST:3000",
        "Origin: http://localhost:3000/",
        "Origin: http://user@localhost:3000",
        "Origin: http://localhost",
        "Origin: http://127.0.0.1:3000",
        "Origin:",
        "Origin: http://localhost:3000\r\nOrigin: http://localhost:3000",
    ] {
        table.push((with(&origin, foreign), 403, "origin-not-allowed"));
    }
    for other in [
        "Host: evil.example",
        "Host: 127.0.0.1",
        "Host: localhost",
        "Host: 0.0.0.0:PORT",
        "Host: 127.0.0.1:PORT.evil.example",
        "Host: LOCALHOST:PORT",
        "Host: localhost.:PORT",
        "Host: user@127.0.0.1:PORT",
        "Host: [::ffff:127.0.0.1]:PORT",
        "Host: 127.1:PORT",
        "Host: 127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT",
    ] {
        table.push((with(&host, &other.replace("PORT", &port.to_string())), 421, "host-not-allowed"));
    }
    for (request, status, cause) in &table {
        let reply = bench.raw(request).await;
        assert_eq!((reply.status, reply.cause().as_str()), (*status, *cause), "{request}\n{}", reply.body);
        assert!(reply.head.contains("x-addon-console-error: proxy"), "{request}");
        assert!(reply.head.contains("x-request-id: "), "{request}");
        if *cause == "origin-not-allowed" {
            assert!(!reply.head.contains("access-control-allow-origin"), "{request}");
        }
    }
    assert_eq!(bench.upstream.counts().requests, 0);
    // The request they were all made from is good.
    assert_eq!(bench.raw(&good).await.status, 200);
    for form in ["Host: localhost:PORT", "Host: [::1]:PORT"] {
        assert_eq!(bench.raw(&with(&host, &form.replace("PORT", &port.to_string()))).await.status, 200);
    }
}

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
    assert_eq!(bench.raw(&get("/demo/../Cargo.toml")).await.status, 404);
    assert_eq!(bench.raw(&get("/sdk/../../Cargo.toml")).await.status, 404);
    assert_eq!(bench.raw(&get("/v1/session")).await.cause(), "bearer-missing");
}
