//! `addonctl network …`

use console::api::{NetworkSettings, NetworkView, Nothing};

use crate::arguments::Network;
use crate::back_end::BackEnd;
use crate::failure::Failure;
use crate::output::show;

pub(crate) async fn run(back_end: &BackEnd, command: Network, json: bool) -> Result<(), Failure> {
    let view: NetworkView = match command {
        Network::Show => back_end.get("network_get", Nothing {}).await?,
        Network::Set { ca_file, proxy } => {
            let now: NetworkView = back_end.get("network_get", Nothing {}).await?;
            // An empty value is kept as one: the console takes it for "none".
            let settings = NetworkSettings {
                ca_file: ca_file.or(now.settings.ca_file),
                proxy: proxy.or(now.settings.proxy),
            };
            back_end.get("network_set", settings).await?
        }
    };
    let reply = serde_json::to_value(&view).map_err(|_| Failure::system("The reply cannot be printed."))?;
    show(json, &reply, |_| {
        let none = || "none".to_owned();
        let mut text = format!(
            "CA file: {}\nCorporate proxy: {}",
            view.settings.ca_file.clone().unwrap_or_else(none),
            view.through.clone().unwrap_or_else(none),
        );
        if let Some(problem) = &view.problem {
            text.push_str(&format!("\nNot in force: {problem}."));
        }
        text
    });
    Ok(())
}
