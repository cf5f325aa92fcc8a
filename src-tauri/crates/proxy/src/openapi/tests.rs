use std::collections::BTreeSet;

use http::Method;

use super::*;
use crate::routes::ROUTES;

/// Answers to what the document does not describe, what nobody is left to read, and what this version never says.
const ELSEWHERE: &[Cause] = &[Cause::MethodNotAllowed, Cause::ClientGone, Cause::Busy];

/// A path of the document with something in each place.
fn filled(path: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { "x".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn operations(document: &Value) -> Vec<(String, String)> {
    let paths = document["paths"].as_object().unwrap();
    let methods = |(path, item): (&String, &Value)| {
        let path = path.clone();
        item.as_object()
            .unwrap()
            .keys()
            .map(move |method| (method.to_uppercase(), path.clone()))
            .collect::<Vec<_>>()
    };
    paths.iter().flat_map(methods).collect()
}

fn resolved<'d>(document: &'d Value, reply: &'d Value) -> &'d Value {
    reply["$ref"].as_str().map_or(reply, |to| document.pointer(&to[1..]).unwrap())
}

#[test]
fn every_route_is_described_and_every_description_is_a_route() {
    let described: BTreeSet<(String, String)> = operations(&document()).into_iter().collect();
    for route in ROUTES {
        for method in route.methods {
            let fits = |(known, path): &(String, String)| {
                known == method.as_str() && route.path.takes(&filled(path))
            };
            assert!(described.iter().any(fits), "{method} of a route is not described: {:?}", route.path);
        }
    }
    for (_, path) in &described {
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::HEAD] {
            let there = described.contains(&(method.to_string(), path.clone()));
            let found = routes::find(&method, &filled(path));
            assert_eq!(found.err(), (!there).then_some(Cause::MethodNotAllowed), "{method} {path}");
        }
    }
}

#[test]
fn every_cause_has_a_place_with_its_own_status() {
    let document = document();
    let mut placed = BTreeSet::new();
    for (method, path) in operations(&document) {
        let replies = &document["paths"][&path][method.to_lowercase()]["responses"];
        for (status, reply) in replies.as_object().unwrap() {
            for entry in resolved(&document, reply)["x-causes"].as_array().into_iter().flatten() {
                let cause = Cause::from_word(entry["cause"].as_str().unwrap()).unwrap();
                assert_eq!(*status, cause.status().to_string(), "{path}: {cause:?}");
                placed.insert(cause.word());
            }
        }
    }
    let elsewhere = ELSEWHERE.iter().map(|cause| cause.word());
    let all: BTreeSet<&str> = Cause::ALL.iter().map(|cause| cause.word()).collect();
    assert_eq!(placed.into_iter().chain(elsewhere).collect::<BTreeSet<_>>(), all);
    assert_eq!(document["x-causes"].as_array().unwrap().len(), Cause::ALL.len());
}

#[test]
fn one_name_is_one_schema() {
    let mut schemas = Schemas::new();
    let mut refusals = responses::Refusals::default();
    for operation in OPERATIONS {
        described(operation, &mut schemas, &mut refusals);
    }
    let requests = schemas.requests.take_definitions(true);
    for (name, schema) in schemas.replies.take_definitions(true) {
        assert!(requests.get(&name).is_none_or(|other| *other == schema), "{name} is two things");
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn walk(value: &Value, document: &Value) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(to)) = fields.get("$ref") {
                    let pointer = to.strip_prefix('#').unwrap();
                    assert!(document.pointer(pointer).is_some(), "{to}");
                }
                fields.values().for_each(|inner| walk(inner, document));
            }
            Value::Array(items) => items.iter().for_each(|inner| walk(inner, document)),
            _ => {}
        }
    }
    let document = document();
    walk(&document, &document);
}

#[test]
fn translation_keeps_beefrees_numbers() {
    let document = document();
    let replies = &document["paths"]["/v1/ai/translate"]["post"]["responses"];
    let code = |status: &str, cause: &str| {
        let entries = resolved(&document, &replies[status])["x-causes"].as_array().unwrap();
        entries.iter().find(|entry| entry["cause"] == cause).unwrap()["code"].clone()
    };
    assert_eq!((code("400", "body-invalid"), code("502", "key-rejected")), (json!(6100), json!(6350)));
    assert_eq!((code("401", "bearer-missing"), code("404", "addon-unknown")), (json!(4001), json!(1705)));
}
