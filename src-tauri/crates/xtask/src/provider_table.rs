//! `docs/providers.md` from the adapters' descriptors. Says nothing the descriptors do not.

use std::fmt::Write as _;

use providers::{Descriptor, KeyRule, Price, registry};

const HEAD: &str = "<!-- Generated from the adapters' descriptors by `cargo xtask codegen`. Do not edit. -->\n\n# Providers\n\n\
    Any model id may be typed; these are worth offering. Prices are US dollars, third-party figures of 2026-11-23\n\
    (litellm 1.109.1, MIT; Stability's own credits at one cent), not the provider's bill.\n";

/// The whole page.
pub(crate) fn page() -> String {
    let mut page = HEAD.to_owned();
    for known in registry().iter().map(|adapter| adapter.descriptor()) {
        section(known, &mut page);
    }
    page
}

fn section(known: &Descriptor, page: &mut String) {
    // Writing to a string cannot fail.
    let _ = writeln!(page, "\n## {} (`{}`)\n", known.title, known.kind);
    let addons: Vec<&str> = domain::addons::REGISTRY
        .iter()
        .filter(|addon| addon.capability.is_some_and(|needed| known.capabilities.contains(&needed)))
        .map(|addon| addon.handle.as_str())
        .collect();
    let _ = writeln!(page, "- AddOns: {}", addons.join(", "));
    let key = match known.key {
        KeyRule::Required => format!("required, {}; from <{}>", known.key_hint, known.key_url),
        KeyRule::Optional => format!("optional, {}", known.key_hint),
        KeyRule::None => "none".to_owned(),
    };
    let _ = writeln!(page, "- Key: {key}");
    if !known.base_url.is_empty() && !known.local {
        let _ = writeln!(page, "- Base URL: `{}`", known.base_url);
    }
    for field in known.fields {
        let need = if field.required { "required" } else { "optional" };
        let _ = writeln!(page, "- {} (`{}`, {need}): {}", field.label, field.name, field.hint);
    }
    if !known.models.is_empty() {
        page.push_str("\n| model | why | price | retires |\n| --- | --- | --- | --- |\n");
    }
    for model in known.models {
        let price = match model.price {
            Some(Price::Tokens(input, output)) => {
                format!("{input:.2} in, {output:.2} out per million tokens")
            }
            Some(Price::Image(dollars)) => format!("{dollars:.3} per image"),
            Some(Price::Characters(dollars)) => format!("{dollars:.2} per million characters"),
            None => "unknown".to_owned(),
        };
        let retired = known.retired.iter().find(|retired| retired.model == model.id);
        let retires = retired.map_or("", |retired| retired.on);
        let _ = writeln!(page, "| `{}` | {} | {price} | {retires} |", model.id, model.note);
    }
}
