//! Every provider type there is, one line each. Holds no rule.

use domain::ProviderKind;

use crate::adapter::Adapter;
use crate::anthropic::Anthropic;
use crate::azure_openai::AzureOpenAi;
use crate::azure_vision::AzureVision;
use crate::deepl::DeepL;
use crate::openai::OpenAi;
use crate::openai_compatible::OpenAiCompatible;
use crate::sandbox::Sandbox;
use crate::stability::Stability;

static REGISTRY: &[&dyn Adapter] =
    &[&OpenAi, &AzureOpenAi, &Anthropic, &AzureVision, &DeepL, &Stability, &OpenAiCompatible, &Sandbox];

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
    use crate::adapter::KeyRule;

    #[test]
    fn every_descriptor_holds_values_the_domain_accepts() {
        for known in registry().iter().map(|adapter| adapter.descriptor()) {
            let kind = ProviderKind::try_from(known.kind.to_owned()).unwrap();
            assert_eq!(adapter(&kind).unwrap().descriptor(), known, "kinds are unique");
            match BaseUrl::parse(known.base_url) {
                Ok(url) => assert!(!url.is_plain_http() || url.is_loopback(), "{}", known.kind),
                // Only the developer knows it, so the form must ask.
                Err(_) => {
                    assert!(known.fields.iter().any(|field| field.name == "base-url" && field.required))
                }
            }
            assert!(known.models.iter().all(|model| Model::try_from(model.id.to_owned()).is_ok()));
            assert!(known.default_model.is_none_or(|id| known.models.iter().any(|model| model.id == id)));
            assert_eq!(known.key == KeyRule::Required, !known.key_url.is_empty());
            assert!(!known.local || known.key == KeyRule::None);
            assert_eq!(
                known.retired.iter().filter(|model| known.default_model == Some(model.model)).count(),
                0
            );
        }
    }

    #[test]
    fn an_unknown_kind_has_no_adapter() {
        assert!(adapter(&ProviderKind::try_from("nobody".to_owned()).unwrap()).is_none());
    }
}
