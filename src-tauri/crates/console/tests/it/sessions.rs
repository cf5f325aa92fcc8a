//! Login, expiry, refresh and the end of a session, with Beefree's numbers, on a clock that moves when told.

use std::time::Duration;

use console::api::*;
use serde_json::{Value, json};

use crate::support::*;

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn login_refuses_with_beefrees_numbers() {
    let bench = Bench::openai().await;
    let good = json!({
        "client_id": bench.application.application.client_id,
        "client_secret": bench.application.client_secret,
        "uid": "user-1",
        "grant_type": "password",
    });
    let with = |field: &str, value: Value| {
        let mut login = good.clone();
        login[field] = value;
        login
    };
    let reply = bench.post("/loginV2", &[], &good).await;
    assert_eq!((reply.status, reply.json()["v2"].as_bool()), (200, Some(true)));
    let table = [
        (with("client_secret", json!("wrong")), 401, 5002),
        (with("client_id", json!("00000000-0000-4000-8000-000000000000")), 401, 5002),
        (with("client_id", json!("nonsense")), 401, 5002),
        (with("uid", json!(5)), 400, 5005),
        (with("uid", json!("mario@rossi.example")), 400, 5005),
        (with("uid", json!("")), 400, 5005),
    ];
    for (login, status, code) in table {
        let reply = bench.post("/loginV2", &[], &login).await;
        assert_eq!((reply.status, reply.json()["code"].as_u64()), (status, Some(code)), "{login}");
    }
    let form =
        format!("POST /loginV2 HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: 0\r\n\r\n", bench.port);
    let reply = bench.raw(&form).await;
    assert_eq!((reply.status, reply.json()["code"].as_u64()), (415, Some(5001)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_lives_5_minutes_and_its_session_12_hours() {
    let bench = Bench::openai().await;
    let mut bearer = format!("Bearer {}", bench.token().await);
    let session = async |bearer: &str| {
        let headers = format!("Origin: {ORIGIN}\r\nAuthorization: {bearer}");
        bench
            .raw(&format!("GET /v1/session HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{headers}\r\n\r\n", bench.port))
            .await
    };
    let first = session(&bearer).await;
    assert_eq!(first.json()["uid"], "mario-rossi");
    assert_eq!(first.json()["addOns"][0]["provider"]["type"], "openai");
    bench.clock.advance(5 * MINUTE);
    let expired = session(&bearer).await;
    assert_eq!((expired.status, expired.json()["code"].as_u64()), (401, Some(4010)));
    for _ in 0..2 {
        let refreshed =
            bench.post("/refreshV2", &[("Origin", ORIGIN), ("Authorization", &bearer)], &json!({})).await;
        assert_eq!(refreshed.status, 200, "{}", refreshed.body);
        bearer = format!("Bearer {}", refreshed.json()["access_token"].as_str().unwrap());
        assert_eq!(session(&bearer).await.status, 200);
        bench.clock.advance(5 * 60 * MINUTE);
    }
    bench.clock.advance(2 * 60 * MINUTE);
    let over = bench.post("/refreshV2", &[("Origin", ORIGIN), ("Authorization", &bearer)], &json!({})).await;
    assert_eq!((over.status, over.json()["code"].as_u64()), (401, Some(5101)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_no_good_for_another_applications_page_or_after_its_application() {
    let bench = Bench::openai().await;
    let other = json!({ "name": "Other", "kind": "page", "origins": ["https://other.example"] });
    let _: ApplicationCreated = call(&bench.console, "application_add", other).await;
    let bearer = format!("Bearer {}", bench.token().await);
    let foreign = [("Origin", "https://other.example"), ("Authorization", bearer.as_str())];
    let reply = bench.post("/v1/ai/text", &foreign, &body("x")).await;
    assert_eq!((reply.status, reply.cause().as_str()), (403, "origin-not-allowed"));
    assert_eq!(reply.json()["detail"]["origin"], "https://other.example");
    let own = [("Origin", ORIGIN), ("Authorization", bearer.as_str())];
    assert_eq!(bench.post("/v1/ai/text", &own, &body("x")).await.status, 200);
    let id = bench.application.application.id;
    let _: Nothing = call(&bench.console, "application_remove", json!({ "application": id })).await;
    // Its origin is nobody's any more, so the gate refuses before the token is looked at.
    assert_eq!(bench.post("/v1/ai/text", &own, &body("x")).await.cause(), "origin-not-allowed");
    assert_eq!(bench.post("/v1/ai/text", &own[1..], &body("x")).await.cause(), "session-over");
    assert_eq!(bench.upstream.counts().requests, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_client_secret_works_for_a_day() {
    let bench = Bench::openai().await;
    let id = bench.application.application.id;
    let fresh: ApplicationCreated =
        call(&bench.console, "application_secret", json!({ "application": id })).await;
    let login = |secret: &str| {
        let client_id = bench.application.application.client_id;
        json!({ "client_id": client_id, "client_secret": secret, "uid": "u" })
    };
    let (old, new) = (login(&bench.application.client_secret), login(&fresh.client_secret));
    assert_eq!(bench.post("/loginV2", &[], &old).await.status, 200);
    assert_eq!(bench.post("/loginV2", &[], &new).await.status, 200);
    bench.clock.advance(24 * 60 * MINUTE);
    assert_eq!(bench.post("/loginV2", &[], &old).await.json()["code"], 5002);
    assert_eq!(bench.post("/loginV2", &[], &new).await.status, 200);
}
