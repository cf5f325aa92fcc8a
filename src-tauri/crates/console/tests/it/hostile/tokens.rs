//! Tokens that are none, that are somebody else's, or that stand in the wrong place.

use console::api::{ApplicationCreated, IssuedToken, PreviewLink};
use serde_json::{Value, json};

use super::{Good, Row};
use crate::support::{Bench, ORIGIN, call};

pub(super) fn rows(good: &Good) -> Vec<Row> {
    let (bearer, token) = (good.bearer(), good.token.as_str());
    let turned: String = token.chars().rev().collect();
    let table = [
        (String::new(), "bearer-missing"),
        (format!("Cookie: access_token={token}"), "bearer-missing"),
        (format!("X-Api-Key: {token}"), "bearer-missing"),
        (format!("Proxy-Authorization: Bearer {token}"), "bearer-missing"),
        (format!("X-Authorization: Bearer {token}"), "bearer-missing"),
        ("Authorization:".to_owned(), "bearer-malformed"),
        ("Authorization: Bearer".to_owned(), "bearer-malformed"),
        ("Authorization: Basic dTpw".to_owned(), "bearer-malformed"),
        (format!("Authorization: {token}"), "bearer-malformed"),
        (format!("Authorization: Token {token}"), "bearer-malformed"),
        (format!("Authorization: DeepL-Auth-Key {token}"), "bearer-malformed"),
        (format!("Authorization: Bearer  {token}"), "bearer-malformed"),
        (format!("Authorization: Bearer\t{token}"), "bearer-malformed"),
        (format!("Authorization: Bearer:{token}"), "bearer-malformed"),
        (format!("{bearer} x"), "bearer-malformed"),
        (format!("{bearer}\r\n{bearer}"), "bearer-malformed"),
        (format!("{bearer}\r\nauthorization: Basic dTpw"), "bearer-malformed"),
        (format!("Authorization: Bearer {}", "A".repeat(513)), "bearer-malformed"),
        (format!("Authorization: Bearer {token}\u{e9}"), "bearer-malformed"),
        (format!("Authorization: Bearer {}", "A".repeat(43)), "session-over"),
        (format!("Authorization: Bearer {}", &token[..42]), "session-over"),
        (format!("Authorization: Bearer {}", &token[1..]), "session-over"),
        (format!("{bearer}A"), "session-over"),
        (format!("{bearer}="), "session-over"),
        (format!("{bearer},"), "session-over"),
        (format!("Authorization: Bearer \"{token}\""), "session-over"),
        (format!("Authorization: Bearer {}", token.to_lowercase()), "session-over"),
        (format!("Authorization: Bearer {turned}"), "session-over"),
        (format!("Authorization: Bearer {token}{token}"), "session-over"),
        ("Authorization: Bearer null".to_owned(), "session-over"),
        ("Authorization: Bearer undefined".to_owned(), "session-over"),
    ];
    let line = format!("{bearer}\r\n");
    let end = |to: &str| if to.is_empty() { String::new() } else { format!("{to}\r\n") };
    let mut rows: Vec<Row> = table.iter().map(|(to, cause)| good.row(&line, &end(to), 401, cause)).collect();
    let queried = good.with("/v1/ai/text", &format!("/v1/ai/text?access_token={token}")).replace(&line, "");
    rows.push(good.whole(queried, 401, "bearer-missing"));
    rows
}

/// Real secrets, none of which is a token of this application for this page at this time.
pub(super) async fn strangers(
    good: &Good,
    bench: &Bench,
    other: &ApplicationCreated,
    expired: &str,
) -> Vec<Row> {
    let issue = json!({ "application": other.application.id, "uid": "u", "origin": "https://other.example" });
    let foreign: IssuedToken = call(&bench.console, "token_issue", issue).await;
    let own = json!({ "application": bench.application.application.id });
    let link: PreviewLink = call(&bench.console, "preview_link", own).await;
    let code = link.url.rsplit_once('=').unwrap().1.to_owned();
    let page = format!("http://127.0.0.1:{}", good.port);
    let redeemed: Value =
        bench.post("/demo/session", &[("Origin", &page)], &json!({ "code": code })).await.json();
    let pinned = redeemed["access_token"].as_str().unwrap();
    let bearer = good.bearer();
    let with = |token: &str, status, cause| {
        good.row(&bearer, &format!("Authorization: Bearer {token}"), status, cause)
    };
    let mut rows = vec![
        with(expired, 401, "token-expired"),
        with(&code, 401, "session-over"),
        with(&bench.application.client_secret, 401, "session-over"),
        with(&bench.application.application.client_id.to_string(), 401, "session-over"),
        with(bench.key.key(), 401, "session-over"),
        // Each is good, elsewhere.
        with(&foreign.access_token, 403, "origin-not-allowed"),
        with(pinned, 403, "origin-not-allowed"),
    ];
    let origin = format!("Origin: {ORIGIN}");
    rows.push(good.row(&origin, "Origin: https://other.example", 403, "origin-not-allowed"));
    let found = good.with(&bearer, &format!("Authorization: Bearer {pinned}"));
    rows.push(good.whole(found.replace(&format!("{origin}\r\n"), ""), 403, "origin-not-allowed"));
    rows
}

/// No other route opens a way without a token either.
pub(super) fn routes(good: &Good) -> Vec<Row> {
    let host = good.host();
    let bare = |method: &str, path: &str, more: &str| {
        format!("{method} {path} HTTP/1.1\r\n{host}\r\n{more}Content-Length: 0\r\n\r\n")
    };
    let mut rows: Vec<Row> = [
        ("GET", "/v1/session"),
        ("POST", "/v1/ai/text"),
        ("POST", "/v1/ai/metadata"),
        ("POST", "/v1/ai/summary"),
        ("POST", "/v1/ai/sms"),
        ("POST", "/v1/ai/alt-text"),
        ("POST", "/v1/ai/images"),
        ("POST", "/v1/ai/translate"),
        ("POST", "/v1/agent/chat"),
        ("POST", "/v1/chat/completions"),
        ("GET", "/v1/models"),
        ("POST", "/refreshV2"),
        ("GET", "/providers/Account/models"),
        ("POST", "/providers/Account/chat/completions"),
        ("DELETE", "/providers/Account/models/x"),
    ]
    .iter()
    .map(|(method, path)| good.whole(bare(method, path, ""), 401, "bearer-missing"))
    .collect();
    let evil = "Origin: https://evil.example\r\n";
    let hidden = "Sec-Fetch-Site: cross-site\r\n";
    let open =
        [("GET", "/healthz"), ("POST", "/loginV2"), ("POST", "/demo/session"), ("POST", "/proxy/bee-auth")];
    for (method, path) in open {
        rows.push(good.whole(bare(method, path, evil), 403, "origin-not-allowed"));
        rows.push(good.whole(bare(method, path, hidden), 403, "origin-not-allowed"));
    }
    // The origin names the application: a program has none, and the application here does not allow it.
    rows.push(good.whole(bare("POST", "/proxy/bee-auth", ""), 403, "origin-not-allowed"));
    let page = format!("Origin: {ORIGIN}\r\n");
    rows.push(good.whole(bare("POST", "/proxy/bee-auth", &page), 403, "bee-auth-off"));
    let token = &good.token;
    let twice = format!("Authorization: Bearer {token}\r\nX-Api-Key: {token}\r\n");
    rows.push(good.whole(bare("GET", "/providers/Account/models", &twice), 401, "bearer-malformed"));
    rows.push(good.whole(bare("GET", "/v1/files/guess/a/b.png", ""), 404, "file-unknown"));
    rows.push(good.whole(bare("GET", "/demo/../Cargo.toml", ""), 404, "route-unknown"));
    rows
}
