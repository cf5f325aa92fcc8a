//! Use cases of applications.

use domain::{Application, ApplicationId, ApplicationName, Origin};
use vault::{ClientSecret, StoreError, Vault};

use crate::Console;
use crate::api::{
    ApiError, ApplicationAccess, ApplicationAdd, ApplicationCreated, ApplicationEnable, ApplicationRef,
    ApplicationUpdate, ApplicationView, Code, Event, Items, Nothing, Topic,
};

impl Console {
    pub(crate) async fn application_list(&self, _: Nothing) -> Result<Items<ApplicationView>, ApiError> {
        let applications = self.store(all).await?;
        Ok(applications
            .iter()
            .map(|(application, marks)| view(application, *marks))
            .collect::<Vec<_>>()
            .into())
    }

    pub(crate) async fn application_add(&self, add: ApplicationAdd) -> Result<ApplicationCreated, ApiError> {
        let name = ApplicationName::try_from(add.name)?;
        let origins = origins(&add.origins)?;
        let (application, secret) = self
            .change(&[Topic::Applications], move |vault| vault.add_application(name, add.kind, origins))
            .await?;
        Ok(created(view(&application, Marks::NEW), &secret))
    }

    pub(crate) async fn application_update(
        &self,
        update: ApplicationUpdate,
    ) -> Result<ApplicationView, ApiError> {
        let name = ApplicationName::try_from(update.name)?;
        let origins = origins(&update.origins)?;
        let id = update.application;
        let before = self.application(id).await?.kind;
        self.change(&[Topic::Applications], move |vault| {
            vault.update_application(id, &name, update.kind, &origins)
        })
        .await?;
        if before != update.kind {
            // A builder that is open was made for another type.
            self.shared.sessions.reset(id);
            self.tell(Event::Changed { topic: Topic::Sessions });
        }
        self.application_view(id).await
    }

    /// Lets an application work, or not. Nothing of it is lost, and its sessions go on once it works again.
    pub(crate) async fn application_enable(
        &self,
        request: ApplicationEnable,
    ) -> Result<ApplicationView, ApiError> {
        let id = request.application;
        self.application(id).await?;
        let value = if request.enabled { None } else { Some("yes") };
        let marks = [(disabled(id), value)];
        self.change(&[Topic::Applications], move |vault| vault.mark_application(id, &marks)).await?;
        self.application_view(id).await
    }

    /// Sessions that pages opened by themselves end once they may not: the gate asks at every call.
    pub(crate) async fn application_access(
        &self,
        request: ApplicationAccess,
    ) -> Result<ApplicationView, ApiError> {
        let id = request.application;
        self.application(id).await?;
        let word = |on: bool| on.then_some("yes");
        let marks = [(bee_auth(id), word(request.bee_auth)), (pages_only(id), word(!request.programs))];
        self.change(&[Topic::Applications], move |vault| vault.mark_application(id, &marks)).await?;
        self.application_view(id).await
    }

    pub(crate) async fn application_view(&self, id: ApplicationId) -> Result<ApplicationView, ApiError> {
        let application = self.application(id).await?;
        let marks = self.store(move |vault| marks(vault, id)).await?;
        Ok(view(&application, marks))
    }

    pub(crate) async fn application_remove(&self, request: ApplicationRef) -> Result<Nothing, ApiError> {
        let id = request.application;
        let topics = [Topic::Applications, Topic::Addons, Topic::Providers];
        self.change(&topics, move |vault| {
            vault.remove_application(id)?;
            [disabled(id), bee_auth(id), pages_only(id)]
                .iter()
                .try_for_each(|name| vault.set_setting(name, None))
        })
        .await?;
        self.shared.sessions.revoke(id);
        self.tell(Event::Changed { topic: Topic::Sessions });
        Ok(Nothing {})
    }

    pub(crate) async fn application_secret(
        &self,
        request: ApplicationRef,
    ) -> Result<ApplicationCreated, ApiError> {
        let id = request.application;
        let secret = self.change(&[Topic::Applications], move |vault| vault.regenerate_secret(id)).await?;
        Ok(created(self.application_view(id).await?, &secret))
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

/// Where the store says that an application is disabled.
fn disabled(id: ApplicationId) -> String {
    format!("application-disabled:{id}")
}

/// Where the store says that an application's pages may log in without a secret.
fn bee_auth(id: ApplicationId) -> String {
    format!("application-bee-auth:{id}")
}

/// Where the store says that programs may not use an application's tokens.
fn pages_only(id: ApplicationId) -> String {
    format!("application-pages-only:{id}")
}

/// Whether an application's pages may log in without a secret.
pub(crate) fn lets_pages_log_in(vault: &Vault, id: ApplicationId) -> Result<bool, StoreError> {
    Ok(vault.setting(&bee_auth(id))?.is_some())
}

/// Whether clients that are no browser may use an application's tokens.
pub(crate) fn lets_programs_in(vault: &Vault, id: ApplicationId) -> Result<bool, StoreError> {
    Ok(vault.setting(&pages_only(id))?.is_none())
}

/// Whether an application may be used.
pub(crate) fn is_enabled(vault: &Vault, id: ApplicationId) -> Result<bool, StoreError> {
    Ok(vault.setting(&disabled(id))?.is_none())
}

/// What stands about an application beside its record.
#[derive(Clone, Copy)]
struct Marks {
    enabled: bool,
    testing: bool,
    bee_auth: bool,
    programs: bool,
}

impl Marks {
    /// Of an application that was just added.
    const NEW: Self = Self { enabled: true, testing: false, bee_auth: false, programs: true };
}

fn marks(vault: &Vault, id: ApplicationId) -> Result<Marks, StoreError> {
    Ok(Marks {
        enabled: is_enabled(vault, id)?,
        testing: vault.testing()?.contains(&id),
        bee_auth: lets_pages_log_in(vault, id)?,
        programs: lets_programs_in(vault, id)?,
    })
}

fn all(vault: &Vault) -> Result<Vec<(Application, Marks)>, StoreError> {
    let marked = |application: Application| {
        let marks = marks(vault, application.id)?;
        Ok((application, marks))
    };
    vault.applications()?.into_iter().map(marked).collect()
}

fn view(application: &Application, marks: Marks) -> ApplicationView {
    ApplicationView {
        id: application.id,
        client_id: application.client_id,
        name: application.name.as_str().to_owned(),
        kind: application.kind,
        origins: application.origins.iter().map(ToString::to_string).collect(),
        created: application.created,
        enabled: marks.enabled,
        testing: marks.testing,
        bee_auth: marks.bee_auth,
        programs: marks.programs,
    }
}

fn created(application: ApplicationView, secret: &ClientSecret) -> ApplicationCreated {
    ApplicationCreated { application, client_secret: secret.expose(str::to_owned) }
}
