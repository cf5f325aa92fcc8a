//! Beefree's template JSON: where its texts are, and where translations go. Reads leniently, changes nothing it is not
//! asked to.
//!
//! Facts: the SDK's types and the public templates in `tests/golden/templates`. A module's type may lack its prefix,
//! rows and head may stand in the page or in its body, comments may be anything.

mod language;
mod outline;
mod protect;

use serde_json::{Map, Value, json};

use crate::InvalidValue;

pub use language::LanguageTag;
pub use protect::{Protected, protect};

/// Whether a text is HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// A fragment of HTML.
    Html,
    /// Plain text.
    Plain,
}

/// One translatable text. Personal: no `Debug`.
pub struct Field {
    /// Whether it is HTML.
    pub markup: Markup,
    /// The text.
    pub text: String,
    /// JSON pointer of the object that holds it.
    holder: String,
    /// Its key there, and inside each of that object's translations.
    key: &'static str,
}

/// A template. Personal: no `Debug`.
pub struct Template(Value);

/// Where a module keeps one text: module type, path from its descriptor, key, markup (beefree.md 4.1).
const TEXTS: &[(&str, &str, &str, Markup)] = &[
    ("heading", "heading", "text", Markup::Html),
    ("paragraph", "paragraph", "html", Markup::Html),
    ("list", "list", "html", Markup::Html),
    ("button", "button", "label", Markup::Html),
    ("image", "image", "alt", Markup::Plain),
    ("video", "video", "thumbAlt", Markup::Plain),
];

/// Where a module keeps several: module type, path of the array, path inside an item, key.
const LISTS: &[(&str, &str, &str, &str)] = &[
    ("icons", "iconsList/icons", "", "text"),
    ("icons", "iconsList/icons", "", "alt"),
    ("icons", "iconsList/icons", "", "title"),
    ("menu", "menuItemsList/items", "", "text"),
    ("menu", "menuItemsList/items", "/link", "title"),
];

const META: &[&str] = &["title", "description", "subject", "preheader"];
/// Deeper than any template; what is deeper is left alone.
const DEPTH_MAX: usize = 64;

impl Template {
    /// Reads a template, whole (`{page: …}`) or only its page.
    pub fn parse(value: Value) -> Result<Self, InvalidValue> {
        let bad = |rule| InvalidValue { what: "template", rule };
        let page = value.get("page").unwrap_or(&value);
        if !page.is_object() {
            return Err(bad("must be a JSON object"));
        }
        let rows = page.get("rows").or_else(|| page.pointer("/body/rows"));
        if !rows.is_some_and(Value::is_array) {
            return Err(bad("has no rows"));
        }
        Ok(Self(value))
    }

    /// The template's JSON.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.0
    }

    /// Every text that is translated, in the order of the document; empty ones are none.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        for place in ["/page/head/meta", "/page/body/head/meta", "/head/meta", "/body/head/meta"] {
            for key in META {
                self.push(place.to_owned(), key, Markup::Plain, &mut fields);
            }
        }
        for (kind, pointer) in self.modules() {
            for (_, path, key, markup) in TEXTS.iter().filter(|(known, ..)| *known == kind) {
                self.push(format!("{pointer}/descriptor/{path}"), key, *markup, &mut fields);
            }
            for (_, path, inside, key) in LISTS.iter().filter(|(known, ..)| *known == kind) {
                let list = format!("{pointer}/descriptor/{path}");
                let length = self.0.pointer(&list).and_then(Value::as_array).map_or(0, Vec::len);
                for nth in 0..length {
                    self.push(format!("{list}/{nth}{inside}"), key, Markup::Plain, &mut fields);
                }
            }
        }
        fields
    }

    fn push(&self, holder: String, key: &'static str, markup: Markup, fields: &mut Vec<Field>) {
        let text = self.0.pointer(&holder).and_then(|object| object.get(key)).and_then(Value::as_str);
        if let Some(text) = text.filter(|text| !outline::plain(text, markup).is_empty()) {
            fields.push(Field { markup, text: text.to_owned(), holder, key });
        }
    }

    /// Type (without prefix) and JSON pointer of every module, in the order of the document.
    fn modules(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        collect(&self.0, String::new(), &mut found);
        found
    }

    /// Writes translations beside their source: one for each of [`Template::fields`], in their order. Other languages
    /// stay. Gives how many were written.
    pub fn write_translations(
        &mut self,
        language: &LanguageTag,
        texts: Vec<String>,
    ) -> Result<usize, InvalidValue> {
        let fields = self.fields();
        if fields.len() != texts.len() {
            return Err(InvalidValue { what: "translations", rule: "must be one for each text" });
        }
        let count = texts.len();
        for (field, text) in fields.into_iter().zip(texts) {
            let Some(holder) = self.0.pointer_mut(&field.holder).and_then(Value::as_object_mut) else {
                continue;
            };
            let all = holder.entry("translations").or_insert_with(|| json!({}));
            if !all.is_object() {
                // An empty list stands for an empty object in templates written by PHP.
                *all = json!({});
            }
            let Some(all) = all.as_object_mut() else { continue };
            let own = all.entry(language.as_str()).or_insert_with(|| Map::new().into());
            if let Some(own) = own.as_object_mut() {
                own.insert(field.key.to_owned(), text.into());
            }
        }
        Ok(count)
    }
}

fn collect(value: &Value, pointer: String, found: &mut Vec<(String, String)>) {
    if pointer.matches('/').count() > DEPTH_MAX {
        return;
    }
    match value {
        Value::Object(fields) => {
            let kind =
                fields.get("type").and_then(Value::as_str).filter(|_| fields.contains_key("descriptor"));
            if let Some(kind) = kind {
                let kind = kind.rsplit("modules-").next().unwrap_or(kind);
                return found.push((kind.to_owned(), pointer));
            }
            for (name, inner) in fields.iter().filter(|(_, inner)| inner.is_object() || inner.is_array()) {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect(inner, format!("{pointer}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (nth, inner) in items.iter().enumerate() {
                collect(inner, format!("{pointer}/{nth}"), found);
            }
        }
        _ => {}
    }
}
