//! `addonctl port …`

use console::api::{Nothing, PortPin, PortView, ProxyStatus};

use crate::arguments::Port;
use crate::back_end::BackEnd;
use crate::failure::Failure;
use crate::output::show;

pub(crate) async fn run(back_end: &BackEnd, command: &Port, json: bool) -> Result<(), Failure> {
    let view: PortView = match command {
        Port::Show => back_end.get("port_get", Nothing {}).await?,
        Port::Pin { port } => back_end.get("port_pin", PortPin { port: Some(*port) }).await?,
        Port::Unpin => back_end.get("port_pin", PortPin { port: None }).await?,
    };
    let reply = serde_json::to_value(&view).map_err(|_| Failure::system("The reply cannot be printed."))?;
    show(json, &reply, |_| words(&view));
    Ok(())
}

fn words(view: &PortView) -> String {
    let pin = match view.pinned {
        Some(port) => format!("Pinned: {port}. When it is taken, the proxy does not start."),
        None => "Not pinned: 23366, or the next free port.".to_owned(),
    };
    let now = match &view.proxy {
        ProxyStatus::Running { url, moved: None, .. } => format!("The proxy listens at {url}."),
        ProxyStatus::Running { url, moved: Some(moved), .. } => {
            let owner = moved.owner.as_deref().unwrap_or("another program");
            format!("The proxy listens at {url}, since port {} is taken by {owner}.", moved.from)
        }
        ProxyStatus::Stopped => "The proxy is not running.".to_owned(),
        ProxyStatus::Failed { message, .. } => message.clone(),
    };
    format!("{pin}\n{now}")
}
