//! `addonctl export` and `addonctl import`

use std::path::{Path, PathBuf};

use console::api::{
    ExportTo, Exported, ImportFile, ImportFormat, ImportPreview, ImportRef, KeysExportTo, StagedSecretId,
};
use serde_json::json;
use transfer::{FieldChange, harmless};

use crate::arguments::{FilePassphrase, Format};
use crate::back_end::BackEnd;
use crate::failure::Failure;
use crate::output::show;
use crate::passphrase;

pub(crate) struct Export {
    pub(crate) file: PathBuf,
    pub(crate) keys: bool,
    pub(crate) replace: bool,
    pub(crate) passphrase: FilePassphrase,
}

pub(crate) struct Import {
    pub(crate) file: PathBuf,
    pub(crate) dry_run: bool,
    pub(crate) app: Option<String>,
    pub(crate) format: Option<Format>,
    pub(crate) env: Option<PathBuf>,
    pub(crate) passphrase: FilePassphrase,
}

pub(crate) async fn export(back_end: &BackEnd, export: Export, json: bool) -> Result<(), Failure> {
    let Export { file, keys, replace, passphrase } = export;
    let path = Some(whole(&file)?);
    let written: Exported = if keys {
        back_end.unlock().await?;
        let passphrase = staged(back_end, &passphrase).await?.ok_or_else(|| {
            Failure::input(
                "Keys are written under a passphrase only.",
                "Give one with --export-passphrase-file or --export-passphrase-fd.",
            )
        })?;
        back_end.get("keys_export", KeysExportTo { path, replace, passphrase }).await?
    } else {
        back_end.get("settings_export", ExportTo { path, replace }).await?
    };
    show(json, &json!(written), |_| {
        let what = if keys { "keys" } else { "applications" };
        format!("{} {what} are in {}.", written.count, written.path)
    });
    Ok(())
}

pub(crate) async fn import(back_end: &BackEnd, import: Import, json: bool) -> Result<(), Failure> {
    let Import { file, dry_run, app, format, env, passphrase } = import;
    back_end.unlock().await?;
    let request = ImportFile {
        path: whole(&file)?,
        format: format.map(|format| match format {
            Format::Settings => ImportFormat::Settings,
            Format::Keys => ImportFormat::Keys,
            Format::Env => ImportFormat::Env,
            Format::Litellm => ImportFormat::Litellm,
        }),
        application: app,
        env: env.as_deref().map(whole).transpose()?,
        passphrase: staged(back_end, &passphrase).await?,
    };
    let preview: ImportPreview = back_end.get("import_preview", request).await?;
    let import = ImportRef { import: preview.id };
    // A running console would hold it, and its keys, for a while.
    back_end.json(if dry_run { "import_discard" } else { "import_apply" }, import).await?;
    let mut reply = json!(preview);
    reply["applied"] = json!(!dry_run);
    show(json, &reply, |_| words(&preview, dry_run));
    Ok(())
}

/// A value from a file could move the cursor and write over what this says: nothing of it is printed as it is.
fn words(preview: &ImportPreview, dry_run: bool) -> String {
    let mut lines = Vec::new();
    for change in &preview.changes {
        let (verdict, subject) = (word(&change.verdict), word(&change.subject));
        let name = [change.application.as_str(), change.name.as_str()];
        let name = name.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" / ");
        lines.push(format!("{verdict:<10} {subject:<12} {}", harmless(&name)).trim_end().to_owned());
        if verdict == "changed" || verdict == "conflict" {
            let fields = change.fields.iter();
            let line = |each: &FieldChange| format!("{}: {} -> {}", each.field, each.before, each.after);
            lines.extend(fields.map(|each| format!("             {}", harmless(&line(each)))));
        }
    }
    for item in &preview.ignored {
        lines.push(format!("ignored    {} ({})", item.name, word(&item.why)));
    }
    lines.push(if dry_run { "Nothing was changed." } else { "Done." }.to_owned());
    lines.join("\n")
}

fn word(of: &impl serde::Serialize) -> String {
    serde_json::to_value(of).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Paths are the caller's, and the console may stand elsewhere.
pub(crate) fn whole(path: &Path) -> Result<String, Failure> {
    let whole = std::path::absolute(path).map_err(|_| Failure::input("The file has no path.", ""))?;
    Ok(whole.display().to_string())
}

pub(crate) async fn staged(
    back_end: &BackEnd,
    source: &FilePassphrase,
) -> Result<Option<StagedSecretId>, Failure> {
    let path = match (&source.export_passphrase_file, source.export_passphrase_fd) {
        (Some(path), _) => path.clone(),
        (None, Some(number)) => PathBuf::from(format!("/dev/fd/{number}")),
        (None, None) => return Ok(None),
    };
    back_end.stage_secret(passphrase::first_line(&path)?).await.map(Some)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn nothing_in_a_file_can_rewrite_what_a_preview_says() {
        let nasty = "a\u{1b}[2K\u{9b}1A\u{202e}b\nunchanged  provider     Team";
        let preview: ImportPreview = serde_json::from_value(json!({
            "id": "11111111-0000-4000-8000-000000000001", "format": "settings",
            "changes": [{ "subject": "addon", "application": nasty, "name": nasty, "verdict": "changed",
                "fields": [{ "field": nasty, "before": nasty, "after": nasty }] }],
            "ignored": [],
        }))
        .unwrap();
        let said = words(&preview, true);
        assert_eq!(said.lines().count(), 3, "{said:?}");
        assert!(
            said.chars().all(|each| each == '\n' || (!each.is_control() && each != '\u{202e}')),
            "{said:?}"
        );
    }
}
