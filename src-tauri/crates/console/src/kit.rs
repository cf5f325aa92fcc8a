//! The recovery kit on paper: a page to print and the same as text, in files that only their owner can read. The code is
//! in these files and in nothing that travels to a face.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::Timestamp;
use zeroize::Zeroizing;

use crate::api::{ApiError, Code, KitFiles, KitMake, Nothing, StagedSecretRef};
use crate::{Console, system};

const NAME: &str = "addon-console-recovery-kit";

impl Console {
    pub(crate) async fn kit_make(&self, make: KitMake) -> Result<KitFiles, ApiError> {
        let folder = make.folder.filter(|text| !text.trim().is_empty()).map(PathBuf::from);
        let folder = folder.or_else(system::downloads).ok_or_else(|| {
            ApiError::new(Code::InvalidInput, "This account has no downloads folder.", "Name a folder.")
        })?;
        let (data_dir, made) = (self.data_dir.clone(), self.clock.now());
        let files = self
            .change(&[], move |vault| {
                let mut files = None;
                vault.make_kit(|code| {
                    files = Some(write(&folder, &Kit { code, data_dir: &data_dir, made })?);
                    Ok::<_, ApiError>(())
                })?;
                files.ok_or_else(not_written)
            })
            .await?;
        *self.kit_files.lock().await = Some(files.clone());
        self.vault_status(Nothing {}).await.map(|vault| self.tell(crate::api::Event::Vault { vault }))?;
        Ok(files)
    }

    pub(crate) async fn kit_open(&self, _: Nothing) -> Result<Nothing, ApiError> {
        let files = self.made_kit().await?;
        let url = url::Url::from_file_path(&files.page).map_err(|()| not_written())?;
        let host = Arc::clone(&self.host);
        system::blocking(move || host.open_link(url.as_str())).await??;
        Ok(Nothing {})
    }

    pub(crate) async fn kit_forget(&self, _: Nothing) -> Result<Nothing, ApiError> {
        let files = self.made_kit().await?;
        let removed = system::blocking(move || {
            [files.page, files.text].iter().all(|path| match std::fs::remove_file(path) {
                Ok(()) => true,
                Err(error) => error.kind() == std::io::ErrorKind::NotFound,
            })
        });
        if !removed.await? {
            return Err(not_written());
        }
        *self.kit_files.lock().await = None;
        Ok(Nothing {})
    }

    pub(crate) async fn kit_check(&self, request: StagedSecretRef) -> Result<Nothing, ApiError> {
        let code = vault::KitCode::parse(&self.secrets.take(request.secret)?)?;
        self.store(move |vault| vault.check_kit(&code)).await?;
        Ok(Nothing {})
    }

    async fn made_kit(&self) -> Result<KitFiles, ApiError> {
        let made = self.kit_files.lock().await.clone();
        made.ok_or_else(|| {
            ApiError::new(Code::NotFound, "No recovery kit was made since the console started.", "Make one.")
        })
    }
}

struct Kit<'a> {
    code: &'a str,
    data_dir: &'a Path,
    made: Timestamp,
}

/// Both files, or none.
fn write(folder: &Path, kit: &Kit<'_>) -> Result<KitFiles, ApiError> {
    let (page, text) = (kit.page(), kit.text());
    for number in 1..100 {
        let suffix = if number == 1 { String::new() } else { format!("-{number}") };
        let paths =
            [format!("{NAME}{suffix}.html"), format!("{NAME}{suffix}.txt")].map(|name| folder.join(name));
        if paths.iter().any(|path| path.exists()) {
            continue;
        }
        let [page_path, text_path] = &paths;
        if write_private(page_path, &page).and_then(|()| write_private(text_path, &text)).is_err() {
            let _ = std::fs::remove_file(page_path);
            let _ = std::fs::remove_file(text_path);
            return Err(not_written());
        }
        let name = |path: &Path| path.display().to_string();
        return Ok(KitFiles { page: name(page_path), text: name(text_path) });
    }
    Err(not_written())
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn not_written() -> ApiError {
    ApiError::new(
        Code::NotWritable,
        "The recovery kit's files cannot be written or removed.",
        "Name a folder that is yours and has room.",
    )
}

const STEPS: [&str; 4] = [
    "Print this page, or copy the code by hand. Put it where your passports are.",
    "Delete both files: whoever has the code and your data directory has your keys.",
    "If the vault key is lost, or on another machine: copy the data directory there, start AddOn Console, open Security, \
     choose Recover, and type the code. On a server: addonctl vault recover --code-stdin",
    "The code stays good after a rotation of the vault key. A new kit makes this one useless.",
];
const PASSI: [&str; 4] = [
    "Stampi questa pagina o copi il codice a mano. La conservi con i documenti.",
    "Elimini i due file: chi ha il codice e la cartella dei dati ha le chiavi.",
    "Se la chiave della cassaforte è persa, o su un altro computer: copi lì la cartella dei dati, avvii AddOn Console, apra \
     Sicurezza, scelga Recupera e digiti il codice. Su un server: addonctl vault recover --code-stdin",
    "Il codice resta valido dopo una rotazione della chiave. Un nuovo kit rende inutile questo.",
];

impl Kit<'_> {
    fn day(&self) -> String {
        let instant = jiff::Timestamp::from_millisecond(self.made.0).unwrap_or_default();
        instant.to_string().chars().take(10).collect()
    }

    fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(4096));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "AddOn Console recovery kit / kit di recupero\n");
        let _ = writeln!(text, "Code / Codice:\n\n    {}\n", self.code);
        let _ = writeln!(text, "Made / Creato: {} (UTC)", self.day());
        let _ = writeln!(text, "Data directory / Cartella dei dati: {}\n", self.data_dir.display());
        for steps in [STEPS, PASSI] {
            for (number, step) in steps.iter().enumerate() {
                let _ = writeln!(text, "{}. {step}", number + 1);
            }
            let _ = writeln!(text);
        }
        text
    }

    /// Without a script, without anything from elsewhere.
    fn page(&self) -> Zeroizing<String> {
        let list = |steps: [&str; 4]| steps.map(|step| format!("<li>{step}</li>")).concat();
        let groups: Vec<&str> = self.code.split('-').collect();
        let rows = Zeroizing::new(groups.chunks(3).map(|row| row.join(" ")).collect::<Vec<_>>().join("<br>"));
        let directory = html_escape::encode_text(&self.data_dir.display().to_string()).into_owned();
        let mut page = Zeroizing::new(String::with_capacity(8192));
        let _ = write!(
            page,
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>AddOn Console recovery kit</title><style>{STYLE}</style>\
             <h1>AddOn Console recovery kit</h1><p lang=\"it\">Kit di recupero</p><p class=\"code\">{}</p>\
             <p>Made / Creato: {} (UTC)<br>Data directory / Cartella dei dati: {directory}</p><ol>{}</ol><ol lang=\"it\">{}</ol></html>",
            *rows,
            self.day(),
            list(STEPS),
            list(PASSI),
        );
        page
    }
}

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:40em;margin:3em auto;padding:0 1em;color:#222;background:#fff}\
    h1{font-size:1.4em;margin:0}.code{font:700 1.7em/1.7 ui-monospace,monospace;letter-spacing:.06em;border:2px solid #222;padding:.6em 1em;display:inline-block}\
    li{margin:.4em 0}@page{margin:2cm}";
