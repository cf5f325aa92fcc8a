//! `GET /v1/session`: what the HA AddOn needs to know to show itself. No secret, no key tail.

use domain::Cause;
use http::Response;
use serde_json::{Value, json};

use super::Visit;
use crate::body::{Body, json_reply};
use crate::refusal::Refusal;
use crate::snapshot::{AddOnEntry, ProviderEntry};

pub(crate) async fn answer(visit: Visit) -> Result<Response<Body>, Refusal> {
    let admitted = visit.admitted.ok_or(Cause::Internal)?;
    let application = &admitted.application.application;
    json_reply(&json!({
        "application": {
            "id": application.id,
            "name": application.name.as_str(),
            "clientId": application.client_id,
            "type": application.kind,
            "environment": "development",
        },
        "uid": admitted.session.uid.as_str(),
        "features": {},
        "addOns": admitted.application.addons.iter().map(addon).collect::<Vec<_>>(),
        "limits": {},
    }))
}

fn addon(entry: &AddOnEntry) -> Value {
    json!({
        "handle": entry.addon.handle,
        "enabled": entry.addon.enabled,
        "settings": entry.addon.settings,
        "provider": entry.providers.first().map(|first| provider(first)),
    })
}

/// How a provider is named to callers: `{name, type, model}`.
pub(crate) fn provider(entry: &ProviderEntry) -> Value {
    let model = entry.provider.model.as_ref().map(domain::Model::as_str);
    json!({
        "name": entry.provider.name.as_str(),
        "type": entry.provider.kind,
        "model": model.or(entry.adapter.descriptor().default_model),
    })
}
