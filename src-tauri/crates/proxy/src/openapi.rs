//! The proxy's API as an OpenAPI 3.1 document, made from the code: routes from `routes`, bodies from the types that read
//! them, causes from the domain, bounds from the constants that bound. Answers no request.

mod bounds;
mod causes;
mod operations;
mod pictures;
mod replies;
mod responses;
#[cfg(test)]
mod tests;

use domain::{Cause, Party};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::gate::TOKEN_HEADERS;
use crate::listener::DEFAULT_PORT;
use crate::routes::{self, Need};
use operations::{OPERATIONS, Operation, Takes};

/// Makes schemas of what comes in and of what goes out.
struct Schemas {
    requests: SchemaGenerator,
    replies: SchemaGenerator,
}

impl Schemas {
    fn new() -> Self {
        let settings = || {
            SchemaSettings::draft2020_12().with(|with| with.definitions_path = "/components/schemas".into())
        };
        Self {
            requests: settings().for_deserialize().into_generator(),
            replies: settings().for_serialize().into_generator(),
        }
    }

    fn all(mut self) -> Map<String, Value> {
        self.replies.subschema_for::<replies::Error>();
        let mut all = self.requests.take_definitions(true);
        all.extend(self.replies.take_definitions(true));
        all
    }
}

/// The whole document.
#[must_use]
pub fn document() -> Value {
    let mut schemas = Schemas::new();
    let mut refusals = responses::Refusals::default();
    let mut paths = Map::new();
    for operation in OPERATIONS {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method] = described(operation, &mut schemas, &mut refusals);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "AddOn Console proxy",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Stands between a host app's page and AI providers, on this machine.",
            "description": "Loopback only. Every POST that takes JSON wants `Content-Type: application/json`. A \
         page's origin must be one of its application's allowed origins; a browser that names \
         none is refused. Errors are one shape; match `cause`, never the message.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": format!("http://127.0.0.1:{DEFAULT_PORT}") }],
        "paths": paths,
        "components": {
            "schemas": schemas.all(),
            "responses": refusals.all(),
            "headers": responses::headers(),
            "securitySchemes": security_schemes(),
        },
        "x-causes": Cause::ALL.iter().copied().map(cause).collect::<Value>(),
        "x-bounds": bounds::all(),
    })
}

fn cause(cause: Cause) -> Value {
    json!({
        "cause": cause.word(),
        "code": cause.code(),
        "status": cause.status(),
        "by": by(cause),
        "message": cause.message(),
    })
}

fn by(cause: Cause) -> &'static str {
    match cause.party() {
        Party::Proxy => "proxy",
        Party::Upstream => "upstream",
    }
}

fn described(operation: &Operation, schemas: &mut Schemas, refusals: &mut responses::Refusals) -> Value {
    let need = need(operation);
    let mut out = json!({ "operationId": operation.id, "summary": operation.about });
    if let Some(schemes) = security(need) {
        out["security"] = schemes;
    }
    let parameters = parameters(operation.path);
    if !parameters.is_empty() {
        out["parameters"] = parameters.into();
    }
    if let Some(body) = body(&operation.takes, schemas) {
        out["requestBody"] = body;
    }
    out["responses"] = responses::of(operation, need, schemas, refusals).into();
    out
}

/// What the route of an operation needs of its caller.
fn need(operation: &Operation) -> Option<Need> {
    let method = operation.method.to_uppercase().parse().ok()?;
    routes::find(&method, operation.path).ok().map(|route| route.need)
}

fn security(need: Option<Need>) -> Option<Value> {
    match need? {
        Need::Nothing | Need::NoTag => None,
        Need::Token | Need::TokenOfAnyAge => Some(json!([{ "session": [] }])),
        Need::TokenAsKey => {
            let own: Vec<Value> = TOKEN_HEADERS.iter().map(|name| json!({ name.as_str(): [] })).collect();
            Some([vec![json!({ "session": [] })], own, vec![json!({ "deepl": [] })]].concat().into())
        }
    }
}

fn security_schemes() -> Value {
    let mut schemes = json!({
        "session": { "type": "http", "scheme": "bearer", "description": "The session token of /loginV2." },
        "deepl": { "type": "http", "scheme": "DeepL-Auth-Key", "description": "The session token, where DeepL's SDK puts its key." },
    });
    for name in &TOKEN_HEADERS {
        schemes[name.as_str()] = json!({
            "type": "apiKey", "in": "header", "name": name.as_str(),
            "description": "The session token, where a provider's SDK puts its key.",
        });
    }
    schemes
}

fn parameters(path: &str) -> Vec<Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect()
}

fn body(takes: &Takes, schemas: &mut Schemas) -> Option<Value> {
    let (media, schema, max) = match *takes {
        Takes::Nothing => return None,
        Takes::Json(make, max) => ("application/json", make(&mut schemas.requests).to_value(), max),
        Takes::Foreign(about, max) => {
            ("application/json", json!({ "type": "object", "description": about }), max)
        }
        Takes::Bytes(max) => ("*/*", json!({}), max),
    };
    Some(
        json!({ "required": media != "*/*", "content": { media: { "schema": schema } }, "x-max-bytes": max }),
    )
}
