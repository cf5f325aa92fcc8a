//! Use cases of the demo page and of session tokens.

use std::collections::BTreeMap;

use domain::{Cause, Origin, Uid};

use crate::api::{
    AddOnRef, AddOnUpdate, ApiError, ApplicationAdd, ApplicationRef, ApplicationView, Code, Event,
    IssuedToken, Nothing, PreviewLink, ProviderAdd, TokenIssue, Topic,
};
use crate::{Console, failures, system};

const DEMO_NAME: &str = "Demo";
const SANDBOX: &str = "sandbox";

impl Console {
    /// Makes what a first answer needs: an application, the sandbox provider, and every AddOn it serves switched on.
    pub async fn demo_prepare(&self, _: Nothing) -> Result<ApplicationView, ApiError> {
        let application = self.demo_application().await?;
        let id = application.id;
        let providers = self.provider_list(ApplicationRef { application: id }).await?.items;
        let sandbox = match providers.iter().find(|provider| provider.kind == SANDBOX) {
            Some(provider) => provider.id,
            None => {
                let add = ProviderAdd {
                    application: id,
                    name: "Sandbox".to_owned(),
                    kind: SANDBOX.to_owned(),
                    base_url: None,
                    model: None,
                    options: BTreeMap::new(),
                    plain_http_allowed: false,
                    key: None,
                };
                self.provider_add(add).await?.id
            }
        };
        let before = self.addon_list(ApplicationRef { application: id }).await?.items;
        let on = |handle| before.iter().any(|addon| addon.handle == handle && addon.enabled);
        for known in &before {
            // What a developer has chosen since stays chosen: also the other one of two that exclude each other.
            let excluded = known.excludes.is_some_and(on);
            if !known.provider_kinds.iter().any(|kind| kind == SANDBOX) || known.enabled || excluded {
                continue;
            }
            let handle = known.handle;
            let addon = self.addon_install(AddOnRef { application: id, handle }).await?;
            let providers = addon.providers.is_empty().then(|| vec![sandbox]);
            let update =
                AddOnUpdate { application: id, handle, enabled: Some(true), providers, settings: None };
            self.addon_update(update).await?;
        }
        Ok(application)
    }

    async fn demo_application(&self) -> Result<ApplicationView, ApiError> {
        let all = self.application_list(Nothing {}).await?.items;
        if let Some(found) = all.into_iter().find(|application| application.name == DEMO_NAME) {
            return Ok(found);
        }
        let add = ApplicationAdd {
            name: DEMO_NAME.to_owned(),
            kind: domain::ApplicationKind::Email,
            origins: Vec::new(),
        };
        Ok(self.application_add(add).await?.application)
    }

    pub(crate) async fn preview_link(&self, request: ApplicationRef) -> Result<PreviewLink, ApiError> {
        let application = self.application(request.application).await?;
        let url = self.proxy_url().await?;
        let code = self.shared.sessions.demo_code(application.id).map_err(failures::cause)?;
        // In the fragment, which no browser sends anywhere.
        Ok(PreviewLink { url: format!("{url}/demo/#code={}", code.as_str()) })
    }

    pub(crate) async fn preview_open(&self, request: ApplicationRef) -> Result<Nothing, ApiError> {
        let link = self.preview_link(request).await?;
        let host = std::sync::Arc::clone(&self.host);
        system::blocking(move || host.open_link(&link.url)).await??;
        Ok(Nothing {})
    }

    pub(crate) async fn token_issue(&self, request: TokenIssue) -> Result<IssuedToken, ApiError> {
        self.proxy_url().await?;
        let application = self.application(request.application).await?;
        let uid = Uid::parse(&request.uid)?;
        let origin = Origin::parse(&request.origin)?;
        if !application.origins.contains(&origin) {
            return Err(ApiError::new(
                Code::InvalidInput,
                Cause::OriginNotAllowed.message(),
                format!("Allow {origin} for {} first.", application.name.as_str()),
            ));
        }
        let token = self.shared.sessions.log_in(application.id, uid, None).map_err(failures::cause)?;
        self.tell(Event::Changed { topic: Topic::Sessions });
        Ok(IssuedToken { access_token: token.as_str().to_owned(), expires_in: ::proxy::TOKEN_LIFE.as_secs() })
    }
}
