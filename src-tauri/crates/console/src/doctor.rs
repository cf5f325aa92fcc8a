//! The doctor: looks at everything between a host app and an answer, in the order a call meets it.

use domain::{Cause, Origin};
use vault::CustodyState;

use crate::Console;
use crate::api::{
    AddOnState, ApiError, ApplicationRef, CertificateState, DoctorReport, DoctorRequest, Finding, Nothing,
    Verdict,
};
use crate::{api, failures};

impl Console {
    pub(crate) async fn doctor(&self, request: DoctorRequest) -> Result<DoctorReport, ApiError> {
        let mut items = vec![self.look_at_proxy().await, self.look_at_vault()];
        items.extend(self.look_at_certificate().await?);
        let mut applications = self.application_list(Nothing {}).await?.items;
        if let Some(only) = request.application {
            applications.retain(|application| application.id == only);
        }
        if applications.is_empty() {
            items.push(finding(
                "application",
                Verdict::Problem,
                "There is no application.",
                "Add one in the window, or with `addonctl app add`.",
            ));
        }
        if let Some(origin) = &request.origin {
            items.push(look_at_origin(origin, &applications));
        }
        for application in &applications {
            items.extend(self.look_at_addons(application).await?);
        }
        Ok(DoctorReport { ok: items.iter().all(|item| item.verdict != Verdict::Problem), items })
    }

    async fn look_at_proxy(&self) -> Finding {
        match self.proxy_url().await {
            Ok(url) => finding("proxy", Verdict::Ok, &format!("The proxy listens at {url}."), ""),
            Err(error) => finding("proxy", Verdict::Problem, &error.message, &error.hint),
        }
    }

    /// Only where HTTPS is wanted: most host apps do without.
    async fn look_at_certificate(&self) -> Result<Option<Finding>, ApiError> {
        let (verdict, message) = match self.certificate_get(Nothing {}).await?.state {
            CertificateState::None => return Ok(None),
            CertificateState::Good => (Verdict::Ok, "HTTPS has a certificate."),
            CertificateState::Renew => (Verdict::Warning, "The certificate for HTTPS ends within 30 days."),
            CertificateState::Expired => (Verdict::Problem, "The certificate for HTTPS has expired."),
        };
        let hint =
            if verdict == Verdict::Ok { "" } else { "Run `addonctl cert make` and `addonctl cert install`." };
        Ok(Some(finding("certificate", verdict, message, hint)))
    }

    fn look_at_vault(&self) -> Finding {
        match self.vault.state() {
            CustodyState::Open => finding("vault", Verdict::Ok, "The vault is open.", ""),
            CustodyState::Empty => finding("vault", Verdict::Ok, "The vault holds no key yet.", ""),
            state => {
                let error = failures::custody(state);
                finding("vault", Verdict::Problem, &error.message, &error.hint)
            }
        }
    }

    async fn look_at_addons(&self, application: &api::ApplicationView) -> Result<Vec<Finding>, ApiError> {
        let addons = self.addon_list(ApplicationRef { application: application.id }).await?.items;
        let name = &application.name;
        let findings = addons.iter().map(|addon| {
            let title = format!("{name}, {}", addon.title);
            let (verdict, says, hint) = match addon.state {
                AddOnState::Available => (Verdict::Warning, "is not installed", "Install it."),
                AddOnState::Off => (Verdict::Warning, "is switched off", "Switch it on."),
                AddOnState::NeedsProvider => (Verdict::Problem, "has no provider", "Choose one."),
                AddOnState::KeyRejected => {
                    (Verdict::Problem, "has a provider that refused its key", "Replace the key.")
                }
                AddOnState::Ready => (Verdict::Ok, "is ready", ""),
            };
            finding("addon", verdict, &format!("{title} {says}."), hint)
        });
        Ok(findings.collect())
    }
}

fn look_at_origin(text: &str, applications: &[api::ApplicationView]) -> Finding {
    let origin = match Origin::parse(text) {
        Ok(origin) => origin.to_string(),
        Err(rule) => return finding("origin", Verdict::Problem, &ApiError::from(rule).message, ""),
    };
    let allowed: Vec<&str> = applications
        .iter()
        .filter(|application| application.origins.contains(&origin))
        .map(|application| application.name.as_str())
        .collect();
    if allowed.is_empty() {
        let hint =
            format!("Allow {origin} under Applications, or with `addonctl app add --origin {origin}`.");
        return finding("origin", Verdict::Problem, Cause::OriginNotAllowed.message(), &hint);
    }
    finding("origin", Verdict::Ok, &format!("{origin} may call for {}.", allowed.join(", ")), "")
}

fn finding(check: &str, verdict: Verdict, message: &str, hint: &str) -> Finding {
    Finding { check: check.to_owned(), verdict, message: message.to_owned(), hint: hint.to_owned() }
}
