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

/// Every number of Beefree's sessions, each for its own reason and with its own status.
#[tokio::test(flavor = "multi_thread")]
async fn sessions_answer_with_beefrees_numbers_exactly() {
    let bench = Bench::openai().await;
    let id = bench.application.application.id;
    let login = json!({ "client_id": bench.application.application.client_id,
        "client_secret": bench.application.client_secret, "uid": "ada" });
    let call_with = async |bearer: Option<&str>| {
        let bearer = bearer.map(|bearer| ("Authorization", bearer));
        let headers: Vec<_> = [("Origin", ORIGIN)].into_iter().chain(bearer).collect();
        numbers(&bench.post("/v1/ai/text", &headers, &body("Hello")).await)
    };
    let refresh = async |bearer: &str| {
        let headers = [("Origin", ORIGIN), ("Authorization", bearer)];
        numbers(&bench.post("/refreshV2", &headers, &json!({})).await)
    };
    assert_eq!(call_with(None).await, (401, 4001));
    assert_eq!(call_with(Some("Token x")).await, (401, 4005));
    let bearer = format!("Bearer {}", bench.token().await);
    assert_eq!(call_with(Some(&bearer)).await.0, 200);
    bench.clock.advance(5 * MINUTE);
    assert_eq!(call_with(Some(&bearer)).await, (401, 4010));
    // The application's type is another now: the builder that is open was made for the old one.
    let update = json!({ "application": id, "name": "Spring Mailer", "kind": "page", "origins": [ORIGIN] });
    let _: ApplicationView = call(&bench.console, "application_update", update.clone()).await;
    assert_eq!(refresh(&bearer).await, (401, 5102));
    assert_eq!(call_with(Some(&bearer)).await, (401, 5102));
    // The same update again changes no type and ends no session.
    let bearer = format!("Bearer {}", bench.token().await);
    let _: ApplicationView = call(&bench.console, "application_update", update).await;
    assert_eq!(call_with(Some(&bearer)).await.0, 200);
    // Disabled, and enabled again: the session was not lost.
    let enable = |enabled: bool| json!({ "application": id, "enabled": enabled });
    let off: ApplicationView = call(&bench.console, "application_enable", enable(false)).await;
    assert!(!off.enabled);
    assert_eq!(numbers(&bench.post("/loginV2", &[], &login).await), (403, 5003));
    assert_eq!(call_with(Some(&bearer)).await, (403, 5003));
    assert_eq!(refresh(&bearer).await, (403, 5003));
    let on: ApplicationView = call(&bench.console, "application_enable", enable(true)).await;
    assert!(on.enabled);
    assert_eq!(call_with(Some(&bearer)).await.0, 200);
    let mut wrong = login.clone();
    wrong["client_secret"] = json!("no");
    assert_eq!(numbers(&bench.post("/loginV2", &[], &wrong).await), (401, 5002));
    wrong["uid"] = json!("a b");
    assert_eq!(numbers(&bench.post("/loginV2", &[], &wrong).await), (400, 5005));
    let text =
        format!("POST /loginV2 HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: 0\r\n\r\n", bench.port);
    assert_eq!(numbers(&bench.raw(&text).await), (415, 5001));
    let _: Nothing = call(&bench.console, "session_revoke_all", json!({ "application": id })).await;
    assert_eq!(refresh(&bearer).await, (401, 5101));
    assert_eq!(bench.upstream.counts().requests, 3);
}

fn numbers(reply: &Reply) -> (u16, u64) {
    let json = reply.json();
    let code = json["code"].as_u64().unwrap_or(0);
    assert!(code == 0 || json["status_code"] == reply.status, "{}", reply.body);
    (reply.status, code)
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_listed_without_their_tokens_and_ended_one_by_one() {
    let bench = Bench::openai().await;
    let (first, second) = (bench.token().await, bench.token().await);
    let mut events = bench.console.events();
    let listed = bench.console.call("session_list", json!({})).await.unwrap();
    let sessions = listed["items"].as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    assert_eq!(sessions[0]["uid"], "mario-rossi");
    assert_eq!(sessions[0]["application_name"], "Spring Mailer");
    assert!(!listed.to_string().contains(&first) && !listed.to_string().contains(&second));
    for session in sessions {
        let revoke = json!({ "session": session["id"] });
        let _: Nothing = call(&bench.console, "session_revoke", revoke.clone()).await;
        let again = bench.console.call("session_revoke", revoke).await.unwrap_err();
        assert_eq!(again.code, Code::NotFound);
    }
    assert!(matches!(events.recv().await.unwrap(), Event::Changed { topic: Topic::Sessions }));
    for token in [first, second] {
        let bearer = format!("Bearer {token}");
        let headers = [("Origin", ORIGIN), ("Authorization", bearer.as_str())];
        assert_eq!(bench.post("/v1/ai/text", &headers, &body("x")).await.json()["code"], 5101);
    }
    assert_eq!(bench.upstream.counts().requests, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_does_not_outlive_the_secret_it_was_opened_with() {
    let bench = Bench::openai().await;
    let id = bench.application.application.id;
    let fresh: ApplicationCreated =
        call(&bench.console, "application_secret", json!({ "application": id })).await;
    // 23 hours on, the old secret still opens a session; an hour later neither is good for anything.
    bench.clock.advance(23 * 60 * MINUTE);
    let old = format!("Bearer {}", bench.token().await);
    let login = json!({ "client_id": bench.application.application.client_id,
        "client_secret": fresh.client_secret, "uid": "u" });
    let new = bench.post("/loginV2", &[], &login).await.json()["access_token"].as_str().unwrap().to_owned();
    bench.clock.advance(60 * MINUTE);
    let refresh = async |bearer: &str| {
        let headers = [("Origin", ORIGIN), ("Authorization", bearer)];
        numbers(&bench.post("/refreshV2", &headers, &json!({})).await)
    };
    assert_eq!(refresh(&old).await, (401, 5101));
    assert_eq!(refresh(&format!("Bearer {new}")).await.0, 200);
}
