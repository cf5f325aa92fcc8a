//! An operation's replies: the good ones, and by status the causes it can refuse with.

use std::collections::BTreeMap;

use domain::Cause;
use serde_json::{Map, Value, json};

use super::Schemas;
use super::causes::{BODY, GATE, TOKEN, upstream};
use super::operations::{Gives, Operation};
use crate::metrics::TEXT;
use crate::refusal::Refusal;
use crate::routes::{Need, speaks_openai, translate};

/// Headers of replies, by the name they are referred to.
pub(super) fn headers() -> Value {
    let text = |about: &str| json!({ "description": about, "schema": { "type": "string" } });
    json!({
        "X-Request-Id": text("The call's id; on a pass-through route the provider's own, if it sent one."),
        "X-AddOn-Console-Call": text("The id of the call's row of activity."),
        "X-AddOn-Console-Error": {
            "description": "Who failed.",
            "schema": { "type": "string", "enum": ["proxy", "upstream"] },
        },
        "Retry-After": { "description": "Seconds, when the provider named a time.", "schema": { "type": "integer" } },
    })
}

fn refer(names: &[&str]) -> Value {
    let each = |name: &&str| ((*name).to_owned(), json!({ "$ref": format!("#/components/headers/{name}") }));
    names.iter().map(each).collect::<Map<_, _>>().into()
}

/// Refusals that several operations share, each written down once.
#[derive(Default)]
pub(super) struct Refusals(Map<String, Value>);

impl Refusals {
    /// A reference to `refusal`, under its status and, where one status has several, a number.
    fn shared(&mut self, status: u16, refusal: Value) -> Value {
        let names =
            (1..).map(|n| if n == 1 { format!("Refused{status}") } else { format!("Refused{status}-{n}") });
        let free = |name: &String| self.0.get(name).is_none_or(|known| *known == refusal);
        let Some(name) = names.into_iter().find(free) else { return refusal };
        let to = json!({ "$ref": format!("#/components/responses/{name}") });
        self.0.insert(name, refusal);
        to
    }

    /// For the document's components.
    pub(super) fn all(self) -> Map<String, Value> {
        self.0
    }
}

/// All replies of an operation.
pub(super) fn of(
    operation: &Operation,
    need: Option<Need>,
    schemas: &mut Schemas,
    shared: &mut Refusals,
) -> Map<String, Value> {
    let mut out = good(operation, schemas);
    for (status, causes) in refusals(operation, need) {
        out.insert(status.to_string(), shared.shared(status, refusal(operation, &causes)));
    }
    out
}

fn good(operation: &Operation, schemas: &mut Schemas) -> Map<String, Value> {
    let always = refer(&["X-Request-Id", "X-AddOn-Console-Call"]);
    let mut content = Map::new();
    for gives in operation.gives {
        match gives {
            Gives::Json(make) => {
                content.insert("application/json".into(), json!({ "schema": make(&mut schemas.replies) }));
            }
            Gives::Events(events) => {
                let events = events
                    .iter()
                    .map(|(name, make)| json!({ "event": name, "data": make(&mut schemas.replies) }));
                let described =
                    json!({ "schema": { "type": "string" }, "x-events": events.collect::<Value>() });
                content.insert("text/event-stream".into(), described);
            }
            Gives::File(kinds) => {
                content.extend(kinds.iter().map(|kind| ((*kind).to_owned(), json!({}))));
            }
            Gives::Metrics => {
                content.insert(TEXT.into(), json!({ "schema": { "type": "string" } }));
            }
            Gives::Redirect => {
                let reply = json!({ "description": "It is there.", "headers": always });
                return Map::from_iter([("308".to_owned(), reply)]);
            }
            Gives::Foreign => {
                let reply = json!({
                    "description": "The provider's own reply, with its own status.",
                    "headers": refer(&["X-Request-Id", "X-AddOn-Console-Call", "X-AddOn-Console-Error"]),
                    "content": { "*/*": {} },
                });
                return Map::from_iter([("default".to_owned(), reply)]);
            }
        }
    }
    let reply = json!({ "description": "Done.", "headers": always, "content": content });
    Map::from_iter([("200".to_owned(), reply)])
}

fn refusals(operation: &Operation, need: Option<Need>) -> BTreeMap<u16, Vec<Cause>> {
    let token = !matches!(need, None | Some(Need::Nothing | Need::NoTag));
    let groups = [GATE, if token { TOKEN } else { &[] }];
    let own = groups.iter().chain(operation.fails).flat_map(|group| group.iter().copied());
    let mut by_status: BTreeMap<u16, Vec<Cause>> = BTreeMap::new();
    for cause in own.chain(upstream().filter(|_| operation.asks)) {
        // A refresh is for tokens that have expired.
        if need == Some(Need::TokenOfAnyAge) && cause == Cause::TokenExpired {
            continue;
        }
        let causes = by_status.entry(cause.status()).or_default();
        if !causes.contains(&cause) {
            causes.push(cause);
        }
    }
    by_status
}

fn refusal(operation: &Operation, causes: &[Cause]) -> Value {
    let words: Vec<&str> = causes.iter().map(|cause| cause.word()).collect();
    let numbered =
        causes.iter().map(|&cause| json!({ "cause": cause.word(), "code": code(operation, cause) }));
    let mut required = vec!["code", "message", "detail", "status_code", "cause"];
    if speaks_openai(operation.path) {
        required.push("error");
    }
    let mut names = vec!["X-Request-Id", "X-AddOn-Console-Call", "X-AddOn-Console-Error"];
    if operation.asks {
        names.push("Retry-After");
    }
    json!({
        "description": words.join(", "),
        "headers": refer(&names),
        "content": { "application/json": { "schema": { "allOf": [
            { "$ref": "#/components/schemas/Error" },
            { "properties": { "cause": { "enum": words } }, "required": required },
        ] } } },
        "x-causes": numbered.collect::<Value>(),
    })
}

/// The number a cause has on this route.
fn code(operation: &Operation, cause: Cause) -> u16 {
    let before = GATE.contains(&cause) || TOKEN.contains(&cause);
    if operation.id == "translate" && (!before || BODY.contains(&cause)) {
        return translate::numbered(Refusal::from(cause)).code();
    }
    cause.code()
}
