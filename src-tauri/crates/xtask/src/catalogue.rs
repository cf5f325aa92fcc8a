//! What the window's stand-in back end offers: every provider type and AddOn, as the real one would list them.

use console::api::ProviderKindView;
use domain::addons::REGISTRY;
use serde_json::{Value, json};

/// The whole of `catalogue.json`.
pub(crate) fn json() -> String {
    let kinds: Vec<ProviderKindView> =
        providers::registry().iter().map(|adapter| console::kind_view(adapter.descriptor())).collect();
    let addons: Vec<Value> = REGISTRY
        .iter()
        .map(|addon| {
            let able = kinds.iter().filter(|kind| kind.addons.contains(&addon.handle));
            json!({
                "handle": addon.handle,
                "title": addon.title,
                "about": addon.about,
                "excludes": addon.excludes,
                "needs_provider": addon.capability.is_some(),
                "setting_types": addon.settings,
                "provider_kinds": able.map(|kind| kind.descriptor.kind).collect::<Vec<_>>(),
            })
        })
        .collect();
    let all = json!({ "kinds": kinds, "addons": addons });
    // Pretty, because people read what a change of a descriptor did.
    serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
}
