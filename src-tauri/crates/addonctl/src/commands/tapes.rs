//! `addonctl tape …`

use console::api::{
    Exported, Items, Nothing, ProviderRef, TapeCreate, TapeExport, TapeImport, TapePlay, TapeRecord, TapeRef,
    TapeRename, TapeSetView,
};
use serde_json::{Value, json};

use super::faults::found;
use super::files::{staged, whole};
use crate::arguments::{FilePassphrase, Tape, Use};
use crate::back_end::{BackEnd, missing};
use crate::failure::Failure;
use crate::output::{moment, show, table, text};

pub(crate) async fn run(back_end: &BackEnd, command: Tape, json: bool) -> Result<(), Failure> {
    match command {
        Tape::List => list(back_end, json).await,
        Tape::Record(at) => {
            back_end.unlock().await?;
            let provider = found(back_end, at.app.as_deref(), &at.provider).await?;
            let set = match find(back_end, &at.set).await? {
                Some(set) => set,
                None => back_end.get("tape_create", TapeCreate { name: at.set.clone() }).await?,
            };
            let reply = back_end.json("tape_record", TapeRecord { provider, set: set.id }).await?;
            show(json, &reply, |_| {
                let until = "End it with `addonctl tape stop`.";
                format!("{} is recorded into {}. {until}", at.provider, set.name.as_str())
            });
            Ok(())
        }
        Tape::Play { at: Use { provider: name, app, set }, fast } => {
            let provider = found(back_end, app.as_deref(), &name).await?;
            let set = named(back_end, &set).await?;
            let reply = back_end.json("tape_play", TapePlay { provider, set: set.id, fast }).await?;
            show(json, &reply, |_| format!("{} plays in place of {name}.", set.name.as_str()));
            Ok(())
        }
        Tape::Stop { provider: name, app } => {
            let provider = found(back_end, app.as_deref(), &name).await?;
            let reply = back_end.json("tape_stop", ProviderRef { provider }).await?;
            show(json, &reply, |_| format!("{name} answers itself, and is not recorded."));
            Ok(())
        }
        Tape::Rename { set, to } => {
            let set = named(back_end, &set).await?.id;
            let reply = back_end.json("tape_rename", TapeRename { set, name: to }).await?;
            show(json, &reply, |reply| format!("The set is called {}.", text(reply, "name")));
            Ok(())
        }
        Tape::Delete { set } => {
            let found = named(back_end, &set).await?;
            back_end.json("tape_delete", TapeRef { set: found.id }).await?;
            show(json, &json!({ "deleted": found.id }), |_| format!("{set} is deleted."));
            Ok(())
        }
        Tape::Export { set, file, replace, passphrase } => {
            back_end.unlock().await?;
            let set = named(back_end, &set).await?.id;
            let path = Some(whole(&file)?);
            let passphrase = needed(back_end, &passphrase).await?;
            let to = TapeExport { set, path, replace, passphrase };
            let written: Exported = back_end.get("tape_export", to).await?;
            show(json, &json!(written), |_| format!("{} tapes are in {}.", written.count, written.path));
            Ok(())
        }
        Tape::Import { file, name, passphrase } => {
            back_end.unlock().await?;
            let path = whole(&file)?;
            let passphrase = needed(back_end, &passphrase).await?;
            let reply = back_end.json("tape_import", TapeImport { path, passphrase, name }).await?;
            show(json, &reply, |reply| {
                let (name, count) = (text(reply, "name"), text(reply, "exchanges"));
                format!("{} holds {count} tapes.", transfer::harmless(&name))
            });
            Ok(())
        }
    }
}

async fn list(back_end: &BackEnd, json: bool) -> Result<(), Failure> {
    let reply = back_end.json("tape_list", Nothing {}).await?;
    let columns = [
        ("NAME", "name"),
        ("PROVIDERS", "kinds"),
        ("TAPES", "exchanges"),
        ("BYTES", "bytes"),
        ("RECORDED", "recorded"),
        ("STATE", "state"),
    ];
    show(json, &reply, |reply| table(&in_words(reply), &columns, "No tapes yet."));
    Ok(())
}

/// For people: times as such, and what goes on in a sentence.
fn in_words(reply: &Value) -> Value {
    let mut reply = reply.clone();
    for item in reply["items"].as_array_mut().into_iter().flatten() {
        item["recorded"] = moment(&item["recorded"]).into();
        let mut state: Vec<String> = Vec::new();
        if item["damaged"] == true {
            state.push("damaged: its key does not open".to_owned());
        }
        for user in item["users"].as_array().into_iter().flatten() {
            let does = if user["does"] == "record" { "RECORDING" } else { "playing at" };
            state.push(format!("{does} {}", text(user, "provider_name")));
        }
        if !item["lost"].is_null() {
            state.push(format!("{} not recorded: {}", text(item, "lost.count"), text(item, "lost.why")));
        }
        item["state"] = state.join(", ").into();
    }
    reply
}

async fn find(back_end: &BackEnd, name: &str) -> Result<Option<TapeSetView>, Failure> {
    let all: Items<TapeSetView> = back_end.get("tape_list", Nothing {}).await?;
    Ok(all.items.into_iter().find(|set| set.name.as_str().eq_ignore_ascii_case(name)))
}

async fn named(back_end: &BackEnd, name: &str) -> Result<TapeSetView, Failure> {
    let found = find(back_end, name).await?;
    found.ok_or_else(|| missing(format!("There are no tapes called {name}."), "See `addonctl tape list`."))
}

async fn needed(
    back_end: &BackEnd,
    source: &FilePassphrase,
) -> Result<console::api::StagedSecretId, Failure> {
    staged(back_end, source).await?.ok_or_else(|| {
        Failure::input(
            "A file of tapes stands under a passphrase.",
            "Give it with --export-passphrase-file or --export-passphrase-fd.",
        )
    })
}
