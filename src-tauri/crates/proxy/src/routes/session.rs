//! `GET /v1/session`: what the HA AddOn needs to know to show itself. No secret, no key tail.

use domain::limits::Unit;
use domain::{Cause, Fault};
use http::Response;
use providers::faults::applies;
use serde_json::{Map, Value, json};

use super::Visit;
use crate::Shared;
use crate::body::{Body, json_reply};
use crate::gate::Admitted;
use crate::refusal::Refusal;
use crate::snapshot::{AddOnEntry, ApplicationEntry, ProviderEntry};

pub(crate) async fn answer(visit: Visit) -> Result<Response<Body>, Refusal> {
    let admitted = visit.admitted.ok_or(Cause::Internal)?;
    let application = &admitted.application.application;
    let numbers = numbers(&visit.shared, &admitted).await;
    let addon = |entry: &AddOnEntry| addon(entry, numbers.get(entry.addon.handle.as_str()));
    let mut reply = json!({
        "application": {
            "id": application.id,
            "name": application.name.as_str(),
            "clientId": application.client_id,
            "type": application.kind,
            "environment": if admitted.application.testing { "testing" } else { "development" },
        },
        "uid": admitted.session.uid.as_str(),
        "features": {},
        "addOns": admitted.application.addons.iter().map(addon).collect::<Vec<_>>(),
        "limits": numbers,
    });
    if admitted.application.testing {
        reply["faults"] = faults(&admitted.application);
    }
    json_reply(&reply)
}

/// The failures that can be asked for, where they can be.
fn faults(application: &ApplicationEntry) -> Value {
    let there = |fault: &&Fault| application.providers.iter().any(|entry| applies(**fault, entry.adapter));
    Fault::ALL.iter().filter(there).map(|fault| json!({ "id": fault, "title": fault.title() })).collect()
}

/// What this end user has of each AddOn's units and has used, in Beefree's names; what has no limit is absent. Of
/// several limits the one with the least left.
async fn numbers(shared: &Shared, admitted: &Admitted) -> Map<String, Value> {
    let Admitted { session, application, .. } = admitted;
    if application.limits.is_empty() {
        return Map::new();
    }
    let addons = application.addons.iter().map(|entry| entry.addon.handle).collect();
    let (id, now) = (application.application.id, shared.clock.now());
    let all = shared.limits.standings(id, addons, session.uid.clone(), now).await;
    let numbers = all.into_iter().map(|(handle, standings)| {
        let mut shown = Map::new();
        for (unit, available, used) in [
            (Unit::Tokens, "tokensAvailable", "tokensUsed"),
            (Unit::Images, "imagesAvailable", "imagesUsed"),
            (Unit::Characters, "charactersAvailable", "charactersUsed"),
        ] {
            let of_unit = standings.iter().filter(|standing| standing.limit.unit == unit);
            if let Some(tightest) = of_unit.min_by_key(|standing| standing.left()) {
                shown.insert(available.to_owned(), tightest.limit.amount.into());
                shown.insert(used.to_owned(), tightest.count.used.into());
            }
        }
        (handle.as_str().to_owned(), shown.into())
    });
    numbers
        .filter(|(_, shown): &(String, Value)| shown.as_object().is_some_and(|shown| !shown.is_empty()))
        .collect()
}

/// Numbers that hold stand over those of the settings.
fn addon(entry: &AddOnEntry, numbers: Option<&Value>) -> Value {
    let mut settings = entry.addon.settings.clone();
    settings.extend(numbers.and_then(Value::as_object).cloned().unwrap_or_default());
    json!({
        "handle": entry.addon.handle,
        "enabled": entry.addon.enabled,
        "settings": settings,
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
