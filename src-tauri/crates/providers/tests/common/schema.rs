//! The providers' own descriptions as judges of what is sent. Judges requests only: recorded replies break them.

use std::collections::BTreeSet;
use std::fs;

use providers::UpstreamRequest;
use serde_json::Value;

use super::{check_golden, golden};

/// One schema of a description.
pub struct Schema {
    document: Value,
    pointer: String,
    validator: jsonschema::Validator,
}

impl Schema {
    /// The schema at a JSON pointer of a golden file.
    pub fn at(file: &str, pointer: &str) -> Self {
        let mut document = document(file);
        // References in the description are relative to its root, so the root is the schema.
        document["$ref"] = format!("#{pointer}").into();
        let validator = jsonschema::draft202012::new(&document).unwrap();
        Self { document, pointer: pointer.to_owned(), validator }
    }

    /// A named schema of an OpenAPI description.
    pub fn named(file: &str, name: &str) -> Self {
        Self::at(file, &format!("/components/schemas/{name}"))
    }

    /// What is wrong with a body; a field that is not described is wrong too, though most schemas let it pass.
    pub fn complaints(&self, body: &Value) -> Vec<String> {
        let errors = self.validator.iter_errors(body).map(|error| error.to_string());
        let mut known = BTreeSet::new();
        self.fields(self.document.pointer(&self.pointer).unwrap(), &mut known);
        let fields = body.as_object().into_iter().flat_map(|body| body.keys());
        let unknown = fields.filter(|field| !known.contains(field.as_str()));
        errors.chain(unknown.map(|field| format!("{field} is not described"))).collect()
    }

    /// The type a description gives a field, for forms, whose values are all text.
    pub fn type_of(&self, field: &str) -> Option<&str> {
        let schema = self.document.pointer(&self.pointer).unwrap();
        schema["properties"][field]["type"].as_str()
    }

    fn fields<'s>(&'s self, schema: &'s Value, known: &mut BTreeSet<&'s str>) {
        if let Some(reference) = schema["$ref"].as_str() {
            self.fields(self.document.pointer(&reference[1..]).unwrap(), known);
        }
        known.extend(
            schema["properties"].as_object().into_iter().flat_map(|all| all.keys().map(String::as_str)),
        );
        for part in ["allOf", "anyOf", "oneOf"] {
            for inner in schema[part].as_array().into_iter().flatten() {
                self.fields(inner, known);
            }
        }
    }
}

/// A whole description.
pub fn document(file: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(golden(file)).unwrap()).unwrap()
}

/// Fails unless a body fits a schema.
pub fn check(schema: &Schema, body: &[u8], what: &str) {
    let body: Value = serde_json::from_slice(body).unwrap();
    assert_eq!(schema.complaints(&body), Vec::<String>::new(), "{what}: {body}");
}

/// Compares a JSON body, to the byte, with `requests/NAME.json`.
pub fn check_file(kind: &str, name: &str, request: &UpstreamRequest) {
    let text = String::from_utf8(request.body.to_vec()).unwrap();
    check_golden(&golden(&format!("{kind}/requests/{name}.json")), &(text + "\n"));
}
