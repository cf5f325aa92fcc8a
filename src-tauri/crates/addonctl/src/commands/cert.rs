//! `addonctl cert …`

use console::api::{Browser, CertificateState, CertificateView, Nothing};

use crate::arguments::Cert;
use crate::back_end::BackEnd;
use crate::failure::Failure;
use crate::output::show;

pub(crate) async fn run(back_end: &BackEnd, command: &Cert, json: bool) -> Result<(), Failure> {
    let (name, steps) = match command {
        Cert::Show => ("certificate_get", false),
        Cert::Make => ("certificate_make", true),
        Cert::Install => ("certificate_install", true),
        Cert::Remove => ("certificate_remove", false),
    };
    let view: CertificateView = back_end.get(name, Nothing {}).await?;
    let reply = serde_json::to_value(&view).map_err(|_| Failure::system("The reply cannot be printed."))?;
    show(json, &reply, |_| words(&view, steps));
    Ok(())
}

fn words(view: &CertificateView, steps: bool) -> String {
    let state = match view.state {
        CertificateState::None => return "There is no certificate: HTTPS is off.".to_owned(),
        CertificateState::Good => "in force",
        CertificateState::Renew => "ends within 30 days: make it anew with `addonctl cert make`",
        CertificateState::Expired => "expired: make it anew with `addonctl cert make`",
    };
    let field = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut lines = vec![
        format!("State    {state}"),
        format!("CA       {}", field(&view.name)),
        format!("SHA-256  {}", field(&view.fingerprint)),
        format!("File     {}", field(&view.ca_file)),
    ];
    if let Some(url) = &view.url {
        lines.push(format!("Proxy    {url}"));
    }
    for store in &view.stores {
        let browser = match store.browser {
            Browser::Chromium => "Chromium",
            Browser::Firefox => "Firefox ",
        };
        let trust = if store.trusted { "trusts it" } else { "does not trust it" };
        lines.push(format!("{browser} {trust} ({})", store.path));
    }
    if steps {
        lines.extend(by_hand(view));
    }
    lines.join("\n")
}

/// What is left to do, as exact as it can be said.
fn by_hand(view: &CertificateView) -> Vec<String> {
    let file = view.ca_file.clone().unwrap_or_default();
    let mut lines = vec![String::new()];
    if !view.tool {
        lines.push("certutil is missing, so no browser was changed. To let addonctl do it:".to_owned());
        lines.push("  sudo apt install libnss3-tools && addonctl cert install".to_owned());
    }
    if view.stores.is_empty() || view.stores.iter().any(|store| !store.trusted) {
        lines.push(
            "By hand in Chrome: chrome://certificate-manager, Custom, Installed by you, Import.".to_owned(),
        );
        lines.push(
            "By hand in Firefox: about:preferences#privacy, View Certificates, Authorities, Import."
                .to_owned(),
        );
    }
    lines.push(format!("For Node.js: export NODE_EXTRA_CA_CERTS='{file}'"));
    lines.push(format!("For curl:    curl --cacert '{file}' …"));
    lines.push("For every program of this machine:".to_owned());
    lines.push(format!("  sudo cp '{file}' /usr/local/share/ca-certificates/addon-console-ca.crt && sudo update-ca-certificates"));
    lines
}
