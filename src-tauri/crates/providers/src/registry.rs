//! Every provider type there is, one line each. Holds no rule.

use domain::ProviderKind;

use crate::adapter::Adapter;
use crate::anthropic::Anthropic;
use crate::openai::OpenAi;
use crate::sandbox::Sandbox;

static REGISTRY: &[&dyn Adapter] = &[&OpenAi, &Anthropic, &Sandbox];

/// Every adapter, in the order people are offered them.
#[must_use]
pub fn registry() -> &'static [&'static dyn Adapter] {
    REGISTRY
}

/// The adapter of a provider type; `None` for a type this version does not know.
#[must_use]
pub fn adapter(kind: &ProviderKind) -> Option<&'static dyn Adapter> {
    REGISTRY.iter().copied().find(|adapter| adapter.descriptor().kind == kind.as_str())
}

#[cfg(test)]
mod tests {
    use domain::{BaseUrl, Model};

    use super::*;

    #[test]
    fn every_descriptor_holds_values_the_domain_accepts() {
        for known in registry().iter().map(|adapter| adapter.descriptor()) {
            let kind = ProviderKind::try_from(known.kind.to_owned()).unwrap();
            assert_eq!(adapter(&kind).unwrap().descriptor(), known, "kinds are unique");
            assert!(!BaseUrl::parse(known.base_url).unwrap().is_plain_http(), "{}", known.kind);
            assert!(known.models.iter().all(|model| Model::try_from((*model).to_owned()).is_ok()));
            assert!(known.default_model.is_none_or(|model| known.models.contains(&model)));
            assert_eq!(known.needs_key, !known.key_url.is_empty());
            assert!(!(known.local && known.needs_key));
        }
    }

    #[test]
    fn an_unknown_kind_has_no_adapter() {
        assert!(adapter(&ProviderKind::try_from("nobody".to_owned()).unwrap()).is_none());
    }
}
