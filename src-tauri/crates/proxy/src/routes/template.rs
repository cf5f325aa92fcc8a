//! What the routes that take a template share. Its rules are the domain's.

use domain::Cause;
use domain::template::Template;
use serde_json::{Value, json};

use crate::refusal::Refusal;

/// The template in a request.
pub(super) fn read(value: Value) -> Result<Template, Refusal> {
    Template::parse(value).map_err(|rule| {
        Refusal::with_detail(Cause::TemplateInvalid, json!({ "what": rule.what, "rule": rule.rule }))
    })
}

/// The template in a request as text for a model; there must be something to read.
pub(super) fn outline(value: Value) -> Result<String, Refusal> {
    let outline = read(value)?.outline();
    if outline.trim().is_empty() { Err(Cause::TemplateInvalid.into()) } else { Ok(outline) }
}
