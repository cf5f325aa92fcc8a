//! Limits: restarts and kills, days and months, money, every unit, what a page is told, and what is kept of it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use testkit::upstream::Behaviour;

use crate::support::*;

async fn used(bench: &Bench) -> u64 {
    bench.standing().await["used"].as_u64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn invariant_8_counts_survive_a_restart_and_a_kill() {
    let bench = Bench::openai().await;
    bench.limit("tokens", 50_000, json!({})).await;
    assert_eq!(bench.write("Hello", false).await.status, 200);
    let settled = used(&bench).await;
    assert!(settled > 0);
    // A second call is on its way when the process dies: its files are what the disk holds at that moment.
    bench.upstream.set_behaviour(Behaviour::Stall(1));
    let bearer = format!("Bearer {}", bench.token().await);
    let headers = [("Authorization", bearer.as_str()), ("Accept", "text/event-stream")];
    let asking = body("Hello");
    let request = bench.post("/v1/ai/text", &headers, &asking);
    let killed = tempfile::tempdir().unwrap();
    tokio::select! {
        _ = request => panic!("it stalls"),
        asked = bench.upstream.wait_for_requests(2) => {
            assert!(asked);
            for entry in std::fs::read_dir(bench.data_dir()).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    std::fs::copy(&path, killed.path().join(path.file_name().unwrap())).unwrap();
                }
            }
        }
    }
    for round in ["the first start", "the second"] {
        let console = reopened(killed.path().to_path_buf(), Arc::clone(&bench.clock)).await;
        let all: Value = call(&console, "limit_list", json!({})).await;
        let standing = &all["items"][0]["standing"];
        let (used, assumed) = (standing["used"].as_u64().unwrap(), standing["assumed"].as_u64().unwrap());
        assert!(assumed > 4_096, "all that was held may have been used: {standing}");
        assert_eq!((used, &standing["held"]), (settled + assumed, &json!(0)), "{round}");
        console.close().await;
    }
    // The orderly end: what was settled, and nothing assumed.
    bench.upstream.set_behaviour(Behaviour::Ok);
    let reply = bench.write("Hello", false).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    bench.console.close().await;
    let before = used(&bench).await;
    let (dir, clock) = (bench.data_dir(), Arc::clone(&bench.clock));
    let Bench { console, dir: _kept, .. } = bench;
    drop(console);
    let console = reopened(dir, clock).await;
    let all: Value = call(&console, "limit_list", json!({})).await;
    assert_eq!(all["items"][0]["standing"]["used"], before);
    assert_eq!(all["items"][0]["standing"]["assumed"], 0);
}

/// Once the last task of the console before has let go of the directory.
async fn reopened(dir: std::path::PathBuf, clock: Arc<HandClock>) -> Arc<console::Console> {
    for _ in 0..500 {
        if let Ok(console) = open(dir.clone(), Arc::clone(&clock)).await {
            return console;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the directory is still held")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_day_and_a_new_month_begin_anew_and_an_old_one_does_not() {
    // The bench's clock stands at 2026-09-21.
    for (period, days) in [("day", 1), ("month", 12)] {
        let bench = Bench::openai().await;
        bench.limit("tokens", 5_000, json!({ "period": period, "addon": "ai-integration" })).await;
        let mut refused = None;
        for _ in 0..500 {
            let reply = bench.write("Hello", false).await;
            if reply.status == 429 {
                refused = Some(reply);
                break;
            }
        }
        let refused = refused.expect("a limit that is reached");
        assert_eq!(refused.cause(), "limit-reached");
        let detail = &refused.json()["detail"];
        assert_eq!(
            (&detail["period"], &detail["unit"], &detail["available"]),
            (&json!(period), &json!("tokens"), &json!(5_000))
        );
        let resets: &str = detail["resetsAt"].as_str().unwrap();
        assert!(resets.ends_with("T00:00:00Z"), "{resets}");
        let wait: u64 = refused
            .head
            .lines()
            .find_map(|line| line.strip_prefix("retry-after: "))
            .unwrap()
            .parse()
            .unwrap();
        assert!(wait <= days * 86_400 && wait > 0, "{wait}");
        let asked = bench.upstream.counts().requests;
        bench.clock.advance(Duration::from_secs(wait - 1));
        assert_eq!(bench.write("Hello", false).await.status, 429, "{period}: not a second before");
        assert_eq!(bench.upstream.counts().requests, asked);
        bench.clock.advance(Duration::from_secs(2));
        assert_eq!(bench.write("Hello", false).await.status, 200, "{period}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_end_user_has_a_count_and_no_uid_is_kept() {
    let bench = Bench::openai().await;
    bench.limit("tokens", 5_000, json!({ "whose": "each", "period": "day" })).await;
    bench
        .limit("tokens", 1_000_000, json!({ "whose": "one", "uid": "mario-rossi", "period": "month" }))
        .await;
    while bench.write("Hello", false).await.status == 200 {}
    let login = json!({ "client_id": bench.application.application.client_id,
        "client_secret": bench.application.client_secret, "uid": "giulia-bianchi" });
    let token = bench.post("/loginV2", &[], &login).await.json()["access_token"].clone();
    let bearer = format!("Bearer {}", token.as_str().unwrap());
    let other = bench.post("/v1/ai/text", &[("Authorization", &bearer)], &body("Hello")).await;
    assert_eq!(other.status, 200, "her own count: {}", other.body);
    let all: Value = call(&bench.console, "limit_list", json!({})).await;
    let limit = &all["items"][0];
    assert_eq!(limit["people_count"], 2);
    let csv: Value = call(&bench.console, "usage_export", json!({})).await;
    for text in [all.to_string(), csv.to_string()] {
        assert!(!text.contains("mario") && !text.contains("giulia"), "{text}");
    }
    assert!(limit["people"][0]["who"].as_str().unwrap().starts_with("u-"));
    bench.console.close().await;
    for entry in std::fs::read_dir(bench.data_dir()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            for name in [b"mario-rossi".as_slice(), b"giulia-bianchi"] {
                assert!(!bytes.windows(name.len()).any(|window| window == name), "{}", path.display());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn money_is_counted_and_an_unknown_price_is_no_price() {
    let bench = Bench::openai().await;
    // gpt-6-luna costs 0.10 in and 0.50 out a million: half a cent is about 10,000 tokens of answer.
    bench.limit("money", 5_000, json!({ "addon": "ai-integration" })).await;
    let reply = bench.write("Hello", false).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let usage = reply.json()["usage"].clone();
    let micros = |name: &str, rate: u64| usage[name].as_u64().unwrap() * rate;
    let cost = (micros("prompt_tokens", 100_000) + micros("completion_tokens", 500_000)).div_ceil(1_000_000);
    assert_eq!(used(&bench).await, cost);
    let report: Value = call(&bench.console, "usage_list", json!({ "by": "provider" })).await;
    assert_eq!((&report["total"]["cost"], &report["total"]["unpriced"]), (&json!(cost), &json!(0)));
    let asked = bench.upstream.counts().requests;
    let (odd, _) = bench
        .provider("openai", "Odd", &bench.upstream.base_url(), json!({ "model": "gpt-of-tomorrow" }))
        .await;
    bench.addon("ai-integration", &[&odd]).await;
    for stream in [false, true] {
        let reply = bench.write("Hello", stream).await;
        assert_eq!((reply.status, reply.cause().as_str()), (403, "price-unknown"), "{}", reply.body);
    }
    assert_eq!(bench.upstream.counts().requests, asked);
    // A list of one's own knows it.
    let file = bench.dir.path().join("prices.json");
    let row = json!({ "kind": "openai", "model": "gpt-of-tomorrow", "input": 1.0, "output": 1.0, "source": "the contract" });
    std::fs::write(&file, json!({ "as_of": "2026-11-01", "prices": [row] }).to_string()).unwrap();
    let set: Value = call(&bench.console, "prices_set", json!({ "path": file })).await;
    assert_eq!((&set["as_of"], &set["built_in"]), (&json!("2026-11-01"), &json!(false)));
    assert_ne!(bench.write("Hello", false).await.cause(), "price-unknown");
    let csv: Value = call(&bench.console, "usage_export", json!({})).await;
    assert!(csv["text"].as_str().unwrap().contains(",unknown\r\n"), "the old model has no price now: {csv}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_addon_is_counted_in_its_own_unit_and_the_page_is_told() {
    let bench = Bench::openai().await;
    let sandbox = json!({ "application": bench.application.application.id, "name": "Sandbox", "kind": "sandbox",
        "base_url": "", "plain_http_allowed": false });
    let sandbox: Value = call(&bench.console, "provider_add", sandbox).await;
    for (handle, unit, amount) in [
        ("ai-integration", "tokens", 5_000),
        ("ai-image-generation", "images", 3),
        ("ai-alt-text", "images", 1),
        ("ai-translation", "characters", 20),
    ] {
        bench.addon(handle, &[&sandbox["id"]]).await;
        bench.limit(unit, amount, json!({ "addon": handle, "whose": "each" })).await;
    }
    let draw = json!({ "prompt": "A hill", "aspectRatio": "1:1", "count": 2 });
    assert_eq!(bench.page("/v1/ai/images", &draw).await.status, 200);
    assert_eq!(
        bench.page("/v1/ai/images", &draw).await.cause(),
        "limit-reached",
        "one is left, two are asked for"
    );
    let texts = |text: &str| json!({ "sourceLanguage": "en", "targetLanguage": "it", "texts": [text] });
    let reply = bench.page("/v1/ai/translate", &texts("Good morning")).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let reply = bench.page("/v1/ai/translate", &texts("Good evening")).await;
    assert_eq!((reply.status, &reply.json()["code"]), (429, &json!(1710)), "{}", reply.body);
    let png = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let images = |count: usize| json!({ "images": vec![json!({ "moduleId": "m", "src": png }); count] });
    assert_eq!(bench.page("/v1/ai/alt-text", &images(2)).await.cause(), "limit-reached");
    let reply = bench.page("/v1/ai/alt-text", &images(1)).await;
    assert_eq!(reply.json()["consumedImages"], 1, "{}", reply.body);
    assert_eq!(bench.write("Hello", true).await.status, 200);
    let bearer = format!("Bearer {}", bench.token().await);
    let request = format!(
        "GET /v1/session HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: {bearer}\r\n\r\n",
        bench.port
    );
    let session = bench.raw(&request).await.json();
    let limits = &session["limits"];
    assert_eq!(limits["ai-image-generation"], json!({ "imagesAvailable": 3, "imagesUsed": 2 }));
    assert_eq!(limits["ai-alt-text"], json!({ "imagesAvailable": 1, "imagesUsed": 1 }));
    assert_eq!(limits["ai-translation"]["charactersAvailable"], 20);
    assert_eq!(limits["ai-integration"]["tokensAvailable"], 5_000);
    assert!(limits["ai-integration"]["tokensUsed"].as_u64().unwrap() > 0);
    for addon in session["addOns"].as_array().unwrap() {
        let shown = limits[addon["handle"].as_str().unwrap()].as_object().unwrap();
        for (name, number) in shown {
            assert_eq!(&addon["settings"][name], number, "as the HA AddOn reads it");
        }
    }
    // The day's rows by AddOn, each in its own unit.
    let report: Value = call(&bench.console, "usage_list", json!({ "by": "addon" })).await;
    let line = |key: &str| {
        report["items"].as_array().unwrap().iter().find(|line| line["key"] == key).unwrap().clone()
    };
    assert_eq!(
        (&line("ai-image-generation")["images"], &line("ai-image-generation")["cost"]),
        (&json!(2), &json!(0))
    );
    assert_eq!(line("ai-translation")["characters"], limits["ai-translation"]["charactersUsed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_limit_nothing_is_held_and_removing_one_frees_the_calls() {
    let bench = Bench::openai().await;
    let id = bench.limit("tokens", 10, json!({})).await;
    assert_eq!(bench.write("Hello", false).await.cause(), "limit-reached");
    assert_eq!(bench.upstream.counts().requests, 0);
    let _: Value = call(&bench.console, "limit_remove", json!({ "limit": id })).await;
    assert_eq!(bench.write("Hello", false).await.status, 200);
    let audit: Value = call(&bench.console, "audit_list", json!({ "limit": 2 })).await;
    let acts: Vec<&Value> = audit["items"].as_array().unwrap().iter().map(|entry| &entry["act"]).collect();
    assert_eq!(acts, ["limit-removed", "limit-set"]);
    for (set, rule) in [
        (json!({ "whose": "one" }), "needs a uid"),
        (json!({ "whose": "each", "uid": "u" }), "only with"),
        (json!({ "addon": "ai-translation", "unit": "images" }), "does not use"),
    ] {
        let mut whole = json!({ "application": bench.application.application.id, "whose": "everyone",
            "period": "day", "unit": "tokens", "amount": 1 });
        for (field, value) in set.as_object().unwrap() {
            whole[field] = value.clone();
        }
        let refused = bench.console.call("limit_set", whole).await.unwrap_err();
        assert!(refused.message.contains(rule), "{}", refused.message);
    }
}
