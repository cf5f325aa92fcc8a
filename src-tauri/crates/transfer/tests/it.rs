//! Files read and written, compared, and files made to do harm.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use transfer::*;
use zeroize::Zeroizing;

const KEY: &str = "sk-test-\"quoted\\-0123456789abcdef";

fn entry() -> KeyEntry {
    KeyEntry {
        application: "Mailer".to_owned(),
        provider: "Team".to_owned(),
        kind: "openai".to_owned(),
        origin: "https://api.openai.com:443".to_owned(),
        key: Zeroizing::new(KEY.to_owned()),
    }
}

const DOCUMENT: &str = r#"{
  "format": "addon-console/settings/v1",
  "console": { "lock_idle_minutes": 5 },
  "applications": {
    "Mailer": {
      "type": "email",
      "origins": ["http://localhost:3000"],
      "providers": { "Team": { "kind": "openai", "base_url": "https://api.openai.com/v1" } },
      "addons": { "ai-integration": { "enabled": true, "providers": ["Team"], "settings": {} } }
    }
  }
}"#;

/// A document over nothing.
fn settings(text: &str) -> Settings {
    Document::read(text.as_bytes()).unwrap().over(&Settings::default()).unwrap()
}

#[test]
fn keys_come_back_with_the_passphrase_and_with_no_other() {
    let file = seal_keys(&[entry()], "correct horse").unwrap();
    assert!(is_keys_file(&file));
    let keys = open_keys(&file, "correct horse").unwrap();
    assert_eq!(
        (keys.len(), keys[0].key.as_str(), keys[0].origin.as_str()),
        (1, KEY, "https://api.openai.com:443")
    );
    assert_eq!(open_keys(&file, "wrong horse").err(), Some(TransferError::WrongPassphrase));
    assert!(!file.windows(8).any(|window| KEY.as_bytes().windows(8).any(|part| part == window)));
    for cut in [0, 1, 20, 60, file.len() - 1] {
        assert!(open_keys(&file[..cut], "correct horse").is_err(), "{cut}");
    }
    for place in [0, 25, 60, 110, file.len() / 2, file.len() - 1] {
        let mut changed = file.clone();
        changed[place] ^= 1;
        assert!(open_keys(&changed, "correct horse").is_err(), "{place}");
    }
}

#[test]
fn a_file_that_asks_for_too_much_work_is_refused_at_once() {
    let mut recipient = age::scrypt::Recipient::new(age::secrecy::SecretString::from("p".to_owned()));
    recipient.set_work_factor(1);
    let file = age::encrypt(&recipient, b"{}").unwrap();
    let text = String::from_utf8_lossy(&file[..200.min(file.len())]).into_owned();
    let line = text.lines().nth(1).unwrap();
    let heavy = line.rsplit_once(' ').unwrap().0.to_owned() + " 21";
    let at = file.windows(line.len()).position(|window| window == line.as_bytes()).unwrap();
    let mut made = file[..at].to_vec();
    made.extend_from_slice(heavy.as_bytes());
    made.extend_from_slice(&file[at + line.len()..]);
    let began = std::time::Instant::now();
    assert_eq!(open_keys(&made, "p").err(), Some(TransferError::TooMuchWork));
    assert!(began.elapsed() < std::time::Duration::from_secs(2));
}

#[test]
fn a_document_reads_back_as_it_was_written_and_unknown_fields_are_refused() {
    let read = settings(DOCUMENT);
    assert_eq!(settings(&read.write()), read);
    assert_eq!(read.write(), settings(&read.write()).write());
    for (from, to) in
        [("\"type\"", "\"tpye\""), ("settings/v1", "settings/v2"), ("\"email\",", "\"email\""), ("true", "1")]
    {
        assert!(Document::read(DOCUMENT.replace(from, to).as_bytes()).is_err(), "{to}");
    }
    let wrong = Document::read(b"{\n\"format\": 1\n}").err();
    assert_eq!(wrong, Some(TransferError::Malformed { line: Some(2) }));
    assert_eq!(Document::read(&vec![b' '; FILE_MAX + 1]).err(), Some(TransferError::TooLarge));
    assert_eq!(Document::read(&[0xff, 0xfe]).err(), Some(TransferError::NotText));
    assert!(Document::read("[".repeat(100_000).as_bytes()).is_err());
}

#[test]
fn a_difference_names_what_changes_and_what_cannot() {
    let now = settings(DOCUMENT);
    assert!(difference(&now, &now).iter().all(|change| change.verdict == Outcome::Unchanged));
    assert!(
        difference(&Settings::default(), &now).iter().skip(1).all(|change| change.verdict == Outcome::Added)
    );
    let then = DOCUMENT
        .replace("api.openai.com", "evil.example")
        .replace("localhost:3000", "localhost:4000")
        .replace("\"enabled\": true", "\"enabled\": false");
    let changes = difference(&now, &settings(&then));
    let found: Vec<_> = changes.iter().map(|change| (change.subject, change.verdict)).collect();
    assert_eq!(
        found,
        [
            (Subject::Console, Outcome::Unchanged),
            (Subject::Application, Outcome::Changed),
            (Subject::Provider, Outcome::Conflict),
            (Subject::Addon, Outcome::Changed),
        ]
    );
    assert_eq!(
        (changes[3].fields[0].field.as_str(), changes[3].fields[0].after.as_str()),
        ("enabled", "false")
    );
}

#[test]
fn an_env_file_is_read_for_names_that_are_known() {
    let file = "\u{feff}# keys\r\nexport OPENAI_API_KEY=\"sk-a b#c\"\r\n\nOPENAI_API_KEY = sk-second # again\n\
        AZURE_OPENAI_API_KEY='az'\nAZURE_OPENAI_ENDPOINT=https://r.openai.azure.com/\nOPENAI_API_VERSION=2024-10-21\n\
        DEEPL_AUTH_KEY=\nPATH=$HOME/bin\nsk-a-key-alone\n1BAD=x\n";
    let read = read_env(file.as_bytes()).unwrap();
    let found: Vec<_> = read
        .providers
        .iter()
        .map(|each| (each.kind.as_str(), each.key.as_ref().unwrap().as_str(), each.base_url.as_deref()))
        .collect();
    assert_eq!(
        found,
        [("azure-openai", "az", Some("https://r.openai.azure.com/")), ("openai", "sk-second", None)]
    );
    assert_eq!(read.providers[0].options, [("api-version".to_owned(), "2024-10-21".to_owned())]);
    let ignored: Vec<_> = read.ignored.iter().map(|(name, why)| (name.as_str(), *why)).collect();
    assert_eq!(
        ignored,
        [
            ("OPENAI_API_KEY", Ignored::Repeated),
            ("", Ignored::NoAssignment),
            ("", Ignored::NoAssignment),
            ("PATH", Ignored::UnknownName),
        ]
    );
}

#[test]
fn a_litellm_config_is_read_and_no_environment_is() {
    let file = "
model_list:
  - model_name: gpt
    litellm_params: { model: openai/gpt-5-mini, api_key: sk-literal }
  - model_name: claude
    litellm_params: { model: anthropic/claude-sonnet-4-5, api_key: os.environ/PATH }
  - model_name: azure-team
    litellm_params: { model: azure/my-deployment, api_base: https://r.openai.azure.com, api_key: k, api_version: '2024-10-21' }
  - model_name: local
    litellm_params: { model: ollama/llama3, api_base: http://localhost:11434 }
  - model_name: other
    litellm_params: { model: bedrock/x }
litellm_settings: { drop_params: true }
";
    let read = read_litellm(file.as_bytes(), None).unwrap();
    let found: Vec<_> = read
        .providers
        .iter()
        .map(|each| {
            (each.name.as_str(), each.kind.as_str(), each.model.as_deref().unwrap(), each.key.is_some())
        })
        .collect();
    assert_eq!(
        found,
        [
            ("gpt", "openai", "gpt-5-mini", true),
            ("claude", "anthropic", "claude-sonnet-4-5", false),
            ("azure-team", "azure-openai", "my-deployment", true),
            ("local", "openai-compatible", "llama3", false),
        ]
    );
    let path = std::env::var("PATH").unwrap();
    assert!(!found.iter().any(|each| each.2.contains(&path)));
    assert_eq!(
        read.ignored,
        [("PATH".to_owned(), Ignored::InEnvironment), ("other".to_owned(), Ignored::UnknownProvider)]
    );
    // Nine levels of nine aliases each: a billion.
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..10 {
        let before = vec![format!("*a{}", level - 1); 9].join(",");
        bomb.push_str(&format!("a{level}: &a{level} [{before}]\n"));
    }
    let began = std::time::Instant::now();
    let _ = read_litellm(bomb.as_bytes(), None);
    let _ = read_litellm("[".repeat(100_000).as_bytes(), None);
    assert!(began.elapsed() < std::time::Duration::from_secs(5));
}

proptest! {
    #[test]
    fn any_key_and_value_survives_an_env_file(value in "[!-~&&[^\"'#]]{1,60}") {
        let file = format!("OPENAI_API_KEY=\"{value}\"\n");
        let read = read_env(file.as_bytes()).unwrap();
        prop_assert_eq!(read.providers[0].key.as_ref().unwrap().as_str(), value.as_str());
    }
}
