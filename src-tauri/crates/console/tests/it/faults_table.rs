//! Every fault at every type of provider that offers it, through the real proxy: what the host app gets, what the row of
//! the call says. The whole table is a golden file (`tests/golden/faults.txt`; `UPDATE_GOLDEN=1` writes it); what must hold
//! of every line stands here.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use domain::{Fault, FaultGroup};
use serde_json::{Value, json};

use crate::support::*;

/// A PNG of one pixel.
const PIXEL: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const WORDS: &str = "A right answer — è 🙂 — made by the console. No provider was asked for these words.";

/// What is asked of a provider, and how.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Text,
    Stream,
    AltText,
    Images,
    Translate,
}

impl Way {
    fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Stream => "stream",
            Self::AltText => "alt-text",
            Self::Images => "images",
            Self::Translate => "translate",
        }
    }

    fn handle(self) -> &'static str {
        match self {
            Self::Text | Self::Stream => "ai-integration",
            Self::AltText => "ai-alt-text",
            Self::Images => "ai-image-generation",
            Self::Translate => "ai-translation",
        }
    }

    fn request(self) -> (&'static str, Value) {
        match self {
            Self::Text | Self::Stream => ("/v1/ai/text", body("Hello")),
            Self::AltText => ("/v1/ai/alt-text", json!({ "images": [{ "moduleId": "m", "src": PIXEL }] })),
            Self::Images => ("/v1/ai/images", json!({ "prompt": "a boat" })),
            Self::Translate => {
                let name = "email-multilang-en-fr-it";
                let path =
                    format!("{}/../domain/tests/golden/templates/{name}.json", env!("CARGO_MANIFEST_DIR"));
                let template: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
                let ask =
                    json!({ "sourceLanguage": "en-US", "targetLanguage": "de-DE", "template": template });
                ("/v1/ai/translate", ask)
            }
        }
    }

    /// The answer in a reply; nothing where there is none.
    fn answer(self, reply: &Reply) -> Option<String> {
        let json = reply.json();
        let found = match self {
            Self::Text => json["content"].as_str().map(str::to_owned),
            Self::Stream => reply.events().last().filter(|last| last.0 == "done")?.1["content"]
                .as_str()
                .map(str::to_owned),
            Self::AltText => json["results"][0]["alt"].as_str().map(str::to_owned),
            Self::Images => json["images"].get(0).map(Value::to_string),
            Self::Translate => {
                let fields = json["translatedFields"].as_u64().unwrap_or(0);
                (fields > 0).then(|| format!("{fields} fields"))
            }
        };
        found.filter(|answer| !answer.trim().is_empty())
    }
}

/// The types and what each is asked.
const KINDS: &[(&str, &[Way])] = &[
    ("openai", &[Way::Text, Way::Stream, Way::AltText, Way::Images]),
    ("azure-openai", &[Way::Text, Way::Stream]),
    ("anthropic", &[Way::Text, Way::Stream]),
    ("openai-compatible", &[Way::Text, Way::Stream]),
    ("azure-vision", &[Way::AltText]),
    ("deepl", &[Way::Translate]),
    ("stability", &[Way::Images]),
    ("sandbox", &[Way::Text, Way::Stream, Way::AltText, Way::Images, Way::Translate]),
];

/// What the host app was told: a refusal, an error within a stream, or the error of the one picture.
fn told(reply: &Reply) -> Value {
    if reply.status != 200 {
        return reply.json();
    }
    if let Some((name, data)) = reply.events().pop() {
        return if name == "error" { data } else { Value::Null };
    }
    reply.json()["results"][0]["error"].clone()
}

fn attempts(fault: Fault, row: &Value) -> Option<u64> {
    Some(match fault {
        _ if fault.group() == FaultGroup::Console => 0,
        Fault::RateLimited
        | Fault::BadGateway
        | Fault::ServiceUnavailable
        | Fault::ConnectionRefused
        | Fault::ConnectionReset
        | Fault::Offline => 3,
        // Some say it with a status that is tried again, some with one that is not; anything may come of an answer that is
        // asked for in parts.
        Fault::Overloaded => return None,
        _ if row["route"] == "translate" => return None,
        _ => 1,
    })
}

/// Answers that must arrive as they were made.
fn unharmed(fault: Fault, way: Way) -> bool {
    use Fault::*;
    matches!(fault, SplitUtf8 | UnknownFinishReason | SlowFirstByte | SlowDrip | UsageMissing)
        || (fault.needs_stream() && way != Way::Stream)
}

/// What holds of every line of the table.
fn judge(at: &str, (fault, way): (Fault, Way), reply: &Reply, row: &Value) {
    let (answer, told) = (way.answer(reply), told(reply));
    assert!(reply.whole, "{at}: a reply ends as its protocol has it");
    assert_ne!(answer.is_some(), told["cause"].is_string(), "{at}: an answer or a reason: {}", reply.body);
    assert_eq!(row["fault"], fault.word(), "{at}");
    assert!(row["timings"]["key_open_us"].is_null(), "{at}: no key was opened");
    if let Some(word) = told["cause"].as_str() {
        let cause = domain::Cause::from_word(word).unwrap();
        assert_eq!(told["message"], cause.message(), "{at}: in our words");
        if fault.group() == FaultGroup::Console {
            assert_eq!(
                reply.status,
                cause.status(),
                "{at}: as the console says it itself, also for one image of many"
            );
        }
    }
    if reply.status != 200 {
        assert_eq!(told["status_code"], reply.status, "{at}");
        assert_eq!(row["status"], reply.status, "{at}");
        let cause = domain::Cause::from_word(&reply.cause()).unwrap();
        let by = match cause.party() {
            domain::Party::Proxy => "proxy",
            domain::Party::Upstream => "upstream",
        };
        assert!(reply.head.contains(&format!("x-addon-console-error: {by}")), "{at}: {}", reply.head);
    }
    // One image of many that fails fails no call.
    if way != Way::AltText {
        assert_eq!(row["cause"], told["cause"], "{at}: the row says what the host app was told");
    }
    if let Some(attempts) = attempts(fault, row) {
        assert_eq!(row["attempts"], attempts, "{at}");
    }
    if unharmed(fault, way) {
        let answer = answer.unwrap_or_else(|| panic!("{at}: {}", reply.body));
        if matches!(way, Way::Text | Way::Stream) {
            assert_eq!(answer, WORDS, "{at}");
        }
    }
}

fn line(at: &str, way: Way, reply: &Reply, row: &Value) -> String {
    let told = told(reply);
    let answer = match way.answer(reply) {
        // Whose answer it is shows in its first words; where a picture is kept is another each time.
        Some(answer) if way != Way::Images => answer.chars().take(24).collect(),
        Some(_) => "a picture".to_owned(),
        None => "-".to_owned(),
    };
    let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    format!(
        "{at} | {} {} {} | {} {} upstream {} tries {} | {answer}",
        reply.status,
        told["cause"].as_str().unwrap_or("ok"),
        told["code"].as_u64().map_or("-".to_owned(), |code| code.to_string()),
        row["status"],
        word(&row["cause"]),
        row["upstream_status"],
        row["attempts"],
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_at_every_type_of_provider_is_told_as_it_should() {
    let bench = Bench::openai().await;
    let id = bench.application.application.id;
    let _: Value =
        call(&bench.console, "application_testing", json!({ "application": id, "testing": true })).await;
    let mut table = "type fault way | the host app gets: status, cause, code | the row: status, cause, \
         upstream's status, tries | the answer\n"
        .to_owned();
    let mut met = BTreeSet::new();
    for (kind, ways) in KINDS {
        let more = match *kind {
            "azure-openai" | "openai-compatible" => json!({ "model": "any" }),
            _ => json!({}),
        };
        let provider = if *kind == "sandbox" {
            let add = json!({ "application": id, "name": "Sandbox", "kind": kind });
            call::<Value>(&bench.console, "provider_add", add).await["id"].clone()
        } else {
            bench.provider(kind, &format!("At {kind}"), &bench.upstream.base_url(), more).await.0
        };
        let listed: Value = call(&bench.console, "fault_list", json!({ "kind": kind })).await;
        for way in *ways {
            bench.addon(way.handle(), &[&provider]).await;
            let bearer = format!("Bearer {}", bench.token().await);
            for fault in listed["items"].as_array().unwrap() {
                let word = fault["id"].as_str().unwrap();
                let fault = Fault::from_word(word).unwrap();
                let (path, request) = way.request();
                let mut headers = vec![("Origin", ORIGIN), ("Authorization", bearer.as_str())];
                headers.push(("X-Addon-Console-Fault", word));
                if *way == Way::Stream {
                    headers.push(("Accept", "text/event-stream"));
                }
                let reply = bench.post(path, &headers, &request).await;
                let row: Value = call(&bench.console, "activity_list", json!({ "limit": 1 })).await;
                let row = &row["items"][0];
                let at = format!("{kind} {word} {}", way.word());
                judge(&at, (fault, *way), &reply, row);
                writeln!(table, "{}", line(&at, *way, &reply, row)).unwrap();
                met.insert(fault);
            }
        }
    }
    assert_eq!(met.len(), Fault::ALL.len(), "every fault is offered by some type");
    assert_eq!(bench.upstream.counts().requests, 0, "nobody was asked");
    let path = format!("{}/../../../tests/golden/faults.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    let golden = std::fs::read_to_string(path).unwrap_or_default();
    for (now, before) in table.lines().zip(golden.lines()) {
        assert_eq!(now, before);
    }
    assert_eq!(table.lines().count(), golden.lines().count());
}
