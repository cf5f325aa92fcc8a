//! `GET /metrics`: off until switched on, read by a real parser, closed labels, nothing personal; and the bounds of activity
//! as faces set them.

use std::collections::BTreeSet;
use std::time::Duration;

use prometheus_parse::{Scrape, Value as Sample};
use serde_json::{Value, json};

use crate::support::*;

async fn scrape(bench: &Bench) -> (Scrape, String) {
    let reply = bench.get("/metrics", &[]).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert!(reply.head.contains("content-type: application/openmetrics-text"), "{}", reply.head);
    assert!(reply.body.ends_with("# EOF\n"));
    let scrape = Scrape::parse(reply.body.lines().map(|line| Ok(line.to_owned()))).unwrap();
    (scrape, reply.body)
}

fn sum(scrape: &Scrape, name: &str, labels: &[(&str, &str)]) -> f64 {
    let fits = |sample: &&prometheus_parse::Sample| {
        sample.metric == format!("addon_console_{name}")
            && labels.iter().all(|(key, value)| sample.labels.get(key) == Some(value))
    };
    let number = |sample: &prometheus_parse::Sample| match &sample.value {
        Sample::Counter(n) | Sample::Gauge(n) | Sample::Untyped(n) => *n,
        other => panic!("{name}: {other:?}"),
    };
    scrape.samples.iter().filter(fits).map(number).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_are_off_until_switched_on_and_pass_the_gate() {
    let bench = Bench::openai().await;
    for on in [false, true, false] {
        let view: Value = call(&bench.console, "metrics_set", json!({ "on": on })).await;
        assert_eq!((&view["on"], view["url"].is_string()), (&json!(on), on));
        let reply = bench.get("/metrics", &[]).await;
        if on {
            assert_eq!(reply.status, 200);
        } else {
            assert_eq!((reply.status, reply.cause().as_str()), (404, "metrics-off"), "{}", reply.body);
        }
        let tag = bench.get("/metrics", &[("Sec-Fetch-Site", "cross-site")]).await;
        assert_eq!((tag.status, tag.cause().as_str()), (403, "origin-not-allowed"));
        let foreign = bench.get("/metrics", &[("Origin", "http://evil.example")]).await;
        assert_eq!(foreign.status, 403);
        let rebound = bench.raw("GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n").await;
        assert_eq!(rebound.status, 421);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_are_counted_and_labels_are_closed() {
    let bench = Bench::openai().await;
    let _: Value = call(&bench.console, "metrics_set", json!({ "on": true })).await;
    assert_eq!(bench.write("Spring title for Giulia Canary", false).await.status, 200);
    assert_eq!(bench.write("Another", true).await.status, 200);
    let refused = json!({ "error": { "message": "no", "type": "x", "code": null } });
    let server =
        testkit::scripted::Scripted::start(None, move |_| testkit::scripted::Said::json(500, &refused)).await;
    let (id, _) =
        bench.provider("openai-compatible", "Failing", &server.url(), json!({ "model": "m" })).await;
    bench.addon("ai-integration", &[&id]).await;
    assert_eq!(bench.write("Third", false).await.status, 502);
    assert_eq!(bench.post("/v1/ai/text", &[], &body("x")).await.cause(), "bearer-missing");
    assert_eq!(bench.get("/never/Giulia%20Canary", &[]).await.status, 404);
    let (found, text) = scrape(&bench).await;
    let ok = [("route", "text"), ("provider", "openai"), ("class", "2xx"), ("cause", "none")];
    assert_eq!(sum(&found, "calls_total", &ok), 2.0, "{text}");
    let failed = [("provider", "openai-compatible"), ("class", "5xx"), ("cause", "upstream-error")];
    assert_eq!(sum(&found, "calls_total", &failed), 1.0, "{text}");
    assert_eq!(sum(&found, "upstream_calls_total", &[("provider", "openai")]), 2.0);
    assert_eq!(
        sum(&found, "upstream_calls_total", &[("provider", "openai-compatible")]),
        server.asked().len() as f64
    );
    let rows = bench.activity().await;
    let tokens: u64 = rows.iter().filter_map(|row| row["usage"]["total_tokens"].as_u64()).sum();
    assert!(tokens > 0);
    assert_eq!(sum(&found, "tokens_total", &[]), tokens as f64);
    assert_eq!(sum(&found, "refusals_total", &[("cause", "bearer-missing")]), 1.0);
    assert_eq!(sum(&found, "refusals_total", &[("cause", "route-unknown")]), 1.0);
    assert_eq!(sum(&found, "sessions", &[]), 3.0);
    // The scrape's own.
    assert_eq!(sum(&found, "open_connections", &[]), 1.0, "{text}");
    let durations =
        found.samples.iter().find(|sample| sample.metric == "addon_console_call_duration_seconds");
    let Sample::Histogram(buckets) = &durations.unwrap().value else { panic!("{durations:?}") };
    assert_eq!(buckets.last().unwrap().count, 3.0);
    let known: BTreeSet<&str> = ["route", "provider", "class", "cause", "kind", "le"].into();
    for sample in &found.samples {
        assert!(sample.labels.keys().all(|name| known.contains(name.as_str())), "{sample:?}");
    }
    let id = bench.application.application.id.to_string();
    for personal in ["Giulia", "mario", "Spring Mailer", "Account", "127.0.0.1", bench.key.key(), &id] {
        assert!(!text.contains(personal), "{personal} in {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn retention_is_set_kept_and_enforced_by_the_clock() {
    let bench = Bench::openai().await;
    for bad in [(10, 90, 64), (100_000, 0, 64), (100_000, 90, 2)] {
        let set = json!({ "rows": bad.0, "days": bad.1, "megabytes": bad.2 });
        let error = bench.console.call("activity_retention", set).await.unwrap_err();
        assert_eq!(serde_json::to_value(&error).unwrap()["code"], "invalid-input");
    }
    bench.write("One", false).await;
    let set = json!({ "rows": 5_000, "days": 2, "megabytes": 16 });
    let state: Value = call(&bench.console, "activity_retention", set.clone()).await;
    assert_eq!((&state["retention"], &state["rows"], &state["dropped"]), (&set, &json!(1), &json!(0)));
    bench.clock.advance(Duration::from_secs(47 * 3600));
    bench.console.tidy().await;
    assert_eq!(bench.activity().await.len(), 1);
    bench.clock.advance(Duration::from_secs(2 * 3600));
    bench.console.tidy().await;
    assert_eq!(bench.activity().await.len(), 0);
    bench.console.close().await;
    let Bench { console, clock, dir, .. } = bench;
    drop(console);
    let data_dir = dir.path().join("data");
    // The vault's lock goes with its last task.
    for _ in 0..200 {
        match open(data_dir.clone(), clock.clone()).await {
            Ok(console) => {
                let state: Value = call(&console, "activity_state", json!({})).await;
                assert_eq!(state["retention"], set);
                return;
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(25)).await,
        }
    }
    panic!("the data directory stays locked");
}
