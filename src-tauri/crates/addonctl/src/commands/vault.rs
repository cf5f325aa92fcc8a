//! `addonctl vault …` and `addonctl audit …`

use console::api::{
    AuditList, AuditReport, Code, KitFiles, KitMake, LockPolicy, Nothing, StagedSecretId, StagedSecretRef,
    VaultDestroy, VaultMove, VaultRecover, VaultUnlock, VaultView,
};
use serde_json::{Value, json};

use crate::arguments::{Audit, CodeSource, Global, NewPassphrase, To, Vault};
use crate::back_end::BackEnd;
use crate::failure::Failure;
use crate::key_input;
use crate::output::{moment, show, table, text};
use crate::passphrase;

pub(crate) async fn run(back_end: &BackEnd, command: Vault, global: &Global) -> Result<(), Failure> {
    let json = global.json;
    match command {
        Vault::Status => {
            back_end.unlock().await?;
            return status(back_end, json).await;
        }
        Vault::Unlock => unlock(back_end, global).await?,
        Vault::Lock => {
            back_end.json("vault_lock", Nothing {}).await?;
        }
        Vault::LockPolicy { idle, on_suspend } => {
            let now: VaultView = back_end.get("vault_status", Nothing {}).await?;
            let policy = LockPolicy {
                idle_minutes: idle.unwrap_or(now.lock_policy.idle_minutes),
                on_suspend: on_suspend.map_or(Ok(now.lock_policy.on_suspend), |word| yes(&word))?,
            };
            back_end.json("vault_lock_policy", policy).await?;
        }
        Vault::Rotate => {
            back_end.unlock().await?;
            back_end.json("vault_rotate", Nothing {}).await?;
        }
        Vault::Move { to, passphrase } => {
            back_end.unlock().await?;
            let passphrase = match to {
                To::Keyring => None,
                To::Passphrase => Some(new_passphrase(back_end, &passphrase).await?.ok_or_else(|| {
                    Failure::input("No new passphrase was given.", "Name it with --new-passphrase-file.")
                })?),
            };
            back_end.json("vault_move", VaultMove { passphrase }).await?;
        }
        Vault::Kit { folder } => {
            back_end.unlock().await?;
            return kit(back_end, folder.map(|path| path.display().to_string()), json).await;
        }
        Vault::KitCheck { code } => {
            let secret = staged_code(back_end, &code).await?;
            back_end.json("kit_check", StagedSecretRef { secret }).await?;
            show(json, &json!({ "ok": true }), |_| "This is the code of the kit in force.".to_owned());
            return Ok(());
        }
        Vault::Destroy { yes_destroy } => {
            if matches!(back_end, BackEnd::Running(_)) {
                return Err(Failure::input("A console is running on this vault.", "Stop it first."));
            }
            let named = std::path::absolute(&yes_destroy).unwrap_or(yes_destroy);
            let data_dir = named.display().to_string();
            back_end.json("vault_destroy", VaultDestroy { data_dir }).await?;
            show(json, &json!({ "destroyed": named }), |_| "The vault is destroyed.".to_owned());
            return Ok(());
        }
        Vault::Recover { code, passphrase } => {
            let code = staged_code(back_end, &code).await?;
            let passphrase = new_passphrase(back_end, &passphrase).await?;
            back_end.json("vault_recover", VaultRecover { code, passphrase }).await?;
        }
    }
    show_status(back_end, json).await.map(|_| ())
}

async fn unlock(back_end: &BackEnd, global: &Global) -> Result<(), Failure> {
    let given = passphrase::given(global)?;
    let passphrase = match given {
        Some(bytes) => Some(back_end.stage_secret(bytes).await?),
        None => None,
    };
    back_end.json("vault_unlock", VaultUnlock { passphrase }).await?;
    Ok(())
}

/// Prints the state; what keeps it from being open is the exit code and the sentence on standard error.
async fn status(back_end: &BackEnd, json: bool) -> Result<(), Failure> {
    let view = show_status(back_end, json).await?;
    let code = match text(&view, "state").as_str() {
        "open" | "empty" => return Ok(()),
        "locked" => Code::VaultLocked,
        "keyring-missing" => Code::KeyringMissing,
        "key-missing" => Code::KeyMissing,
        _ => Code::Damaged,
    };
    Err(console::explained(code).into())
}

async fn show_status(back_end: &BackEnd, json: bool) -> Result<Value, Failure> {
    let view = back_end.json("vault_status", Nothing {}).await?;
    show(json, &view, |vault| {
        let mut words = format!("{} ({})", text(vault, "state"), text(vault, "custody"));
        let version = text(vault, "key_version");
        if !version.is_empty() {
            words.push_str(&format!(", vault key version {version}"));
        }
        words.push_str(if vault["kit_made"].is_null() {
            "\nNo recovery kit."
        } else {
            "\nA recovery kit is in force."
        });
        if vault["unfinished"] == true {
            words.push_str("\nAn old vault key still stands in its slot; the next unlock removes it.");
        }
        for record in vault["damaged"].as_array().into_iter().flatten() {
            words.push_str(&format!("\nThe key of {} does not open.", text(record, "name")));
        }
        words
    });
    Ok(view)
}

async fn kit(back_end: &BackEnd, folder: Option<String>, json: bool) -> Result<(), Failure> {
    let files: KitFiles = back_end.get("kit_make", KitMake { folder }).await?;
    show(json, &json!(files), |_| {
        format!(
            "{}\n{}\nPrint one, put it away, and delete both: they hold the code.",
            files.page, files.text
        )
    });
    Ok(())
}

pub(crate) async fn audit(back_end: &BackEnd, command: Audit, json: bool) -> Result<(), Failure> {
    back_end.unlock().await?;
    match command {
        Audit::List { limit, before } => {
            let reply = back_end.json("audit_list", AuditList { limit, before }).await?;
            let columns = [
                ("NUMBER", "seq"),
                ("TIME", "at"),
                ("ACT", "act"),
                ("BY", "by"),
                ("RECORD", "name"),
                ("ID", "record"),
                ("SEAL", "seal"),
            ];
            show(json, &reply, |reply| {
                let mut dated = reply.clone();
                for entry in dated["items"].as_array_mut().into_iter().flatten() {
                    entry["at"] = moment(&entry["at"]).into();
                }
                table(&dated, &columns, "No acts yet.")
            });
            Ok(())
        }
        Audit::Verify => {
            let report: AuditReport = back_end.get("audit_verify", Nothing {}).await?;
            let found = report.chain.broken.map(|broken| format!("{:?}", broken.how).to_lowercase());
            show(json, &json!(report), |_| match (report.chain.broken, &found) {
                (Some(broken), Some(how)) => format!("The chain is broken: {how} at entry {}.", broken.seq),
                _ => format!("Whole: {} entries, {} sealed.", report.chain.entries, report.chain.sealed),
            });
            if report.ok {
                Ok(())
            } else {
                Err(Failure::input("The audit chain is broken.", "Somebody changed the database."))
            }
        }
    }
}

async fn staged_code(back_end: &BackEnd, source: &CodeSource) -> Result<StagedSecretId, Failure> {
    let code = match &source.code_file {
        Some(path) => key_input::from_file(path)?,
        None => key_input::from_stdin()?,
    };
    back_end.stage_secret(code).await
}

async fn new_passphrase(
    back_end: &BackEnd,
    source: &NewPassphrase,
) -> Result<Option<StagedSecretId>, Failure> {
    match &source.new_passphrase_file {
        Some(path) => back_end.stage_secret(passphrase::first_line(path)?).await.map(Some),
        None => Ok(None),
    }
}

fn yes(word: &str) -> Result<bool, Failure> {
    match word {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Failure::input(format!("{word} is neither yes nor no."), "")),
    }
}
