//! Use cases of applications.

use domain::{Application, ApplicationId, ApplicationName, Origin};
use vault::ClientSecret;

use crate::Console;
use crate::api::{
    ApiError, ApplicationAdd, ApplicationCreated, ApplicationRef, ApplicationUpdate, ApplicationView, Code,
    Items, Nothing, Topic,
};

impl Console {
    pub(crate) async fn application_list(&self, _: Nothing) -> Result<Items<ApplicationView>, ApiError> {
        let applications = self.store(|vault| vault.applications()).await?;
        Ok(applications.iter().map(view).collect::<Vec<_>>().into())
    }

    pub(crate) async fn application_add(&self, add: ApplicationAdd) -> Result<ApplicationCreated, ApiError> {
        let name = ApplicationName::try_from(add.name)?;
        let origins = origins(&add.origins)?;
        let (application, secret) = self
            .change(&[Topic::Applications], move |vault| vault.add_application(name, add.kind, origins))
            .await?;
        Ok(created(&application, &secret))
    }

    pub(crate) async fn application_update(
        &self,
        update: ApplicationUpdate,
    ) -> Result<ApplicationView, ApiError> {
        let name = ApplicationName::try_from(update.name)?;
        let origins = origins(&update.origins)?;
        let id = update.application;
        self.change(&[Topic::Applications], move |vault| {
            vault.update_application(id, &name, update.kind, &origins)
        })
        .await?;
        Ok(view(&self.application(id).await?))
    }

    pub(crate) async fn application_remove(&self, request: ApplicationRef) -> Result<Nothing, ApiError> {
        let id = request.application;
        let topics = [Topic::Applications, Topic::Addons, Topic::Providers];
        self.change(&topics, move |vault| vault.remove_application(id)).await?;
        self.shared.sessions.revoke(id);
        Ok(Nothing {})
    }

    pub(crate) async fn application_secret(
        &self,
        request: ApplicationRef,
    ) -> Result<ApplicationCreated, ApiError> {
        let id = request.application;
        let secret = self.change(&[Topic::Applications], move |vault| vault.regenerate_secret(id)).await?;
        Ok(created(&self.application(id).await?, &secret))
    }

    /// The application, or `not-found`.
    pub(crate) async fn application(&self, id: ApplicationId) -> Result<Application, ApiError> {
        let all = self.store(|vault| vault.applications()).await?;
        all.into_iter().find(|application| application.id == id).ok_or_else(|| {
            ApiError::new(
                Code::NotFound,
                "There is no such application.",
                "It may have been removed elsewhere.",
            )
        })
    }
}

fn origins(texts: &[String]) -> Result<Vec<Origin>, ApiError> {
    let mut origins = texts.iter().map(|text| Origin::parse(text)).collect::<Result<Vec<_>, _>>()?;
    origins.sort();
    origins.dedup();
    Ok(origins)
}

pub(crate) fn view(application: &Application) -> ApplicationView {
    ApplicationView {
        id: application.id,
        client_id: application.client_id,
        name: application.name.as_str().to_owned(),
        kind: application.kind,
        origins: application.origins.iter().map(ToString::to_string).collect(),
        created: application.created,
    }
}

fn created(application: &Application, secret: &ClientSecret) -> ApplicationCreated {
    ApplicationCreated { application: view(application), client_secret: secret.expose(str::to_owned) }
}
