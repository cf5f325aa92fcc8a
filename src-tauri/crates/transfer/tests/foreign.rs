//! Files from elsewhere that are odd, careless or meant to do harm: no key goes to a server that its file does not name,
//! and nothing of a value, nor anything that could rewrite a terminal, is said back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use transfer::*;

fn env(text: &str) -> Proposals {
    read_env(text.as_bytes()).unwrap()
}

fn litellm(params: &str) -> Proposals {
    read_litellm(format!("model_list:\n- model_name: team\n  litellm_params: {params}\n").as_bytes()).unwrap()
}

#[test]
fn a_key_without_a_name_is_not_taken_for_a_name() {
    // Base64 ends in `=`: the whole key would stand where a name does.
    for line in
        ["c2stY2FuYXJ5LWtleS1mb3ItdGVzdHM=", "QUJDREVGR0hJSktMTU5PUFFSU1RVVg==", "MFRGGZDFMZTWQ2LK===="]
    {
        let read = env(&format!("{line}\nOPENAI_API_KEY=sk-good\n"));
        assert_eq!(read.ignored, [(String::new(), Ignored::NoAssignment)], "{line}");
    }
}

#[test]
fn quotes_and_comments_are_no_part_of_a_key() {
    let key = |text: &str| {
        env(text).providers.first().and_then(|each| each.key.as_ref().map(|key| key.to_string()))
    };
    for text in ["OPENAI_API_KEY= # later\n", "OPENAI_API_KEY=\"sk-open\n", "OPENAI_API_KEY='sk-open\n"] {
        assert_eq!(key(text), None, "{text}");
    }
    assert_eq!(
        env("OPENAI_API_KEY=\"sk-open\n").ignored,
        [("OPENAI_API_KEY".to_owned(), Ignored::InvalidValue)]
    );
    for text in
        ["OPENAI_API_KEY=sk-1\t# mine\n", "export\tOPENAI_API_KEY='sk-1' # mine\n", "OPENAI_API_KEY=sk-1\r\n"]
    {
        assert_eq!(key(text).as_deref(), Some("sk-1"), "{text}");
    }
    // A second name of the same key is not dropped in silence.
    let two = env("DEEPL_AUTH_KEY=one:fx\nDEEPL_API_KEY=two\n");
    assert_eq!(
        (two.providers.len(), two.ignored),
        (1, vec![("DEEPL_API_KEY".to_owned(), Ignored::Repeated)])
    );
}

#[test]
fn a_key_whose_server_stands_in_an_environment_goes_to_no_other_server() {
    for params in [
        "{model: anthropic/claude-x, api_key: sk-mine, api_base: os.environ/GATEWAY}",
        "{model: openai/x, api_key: sk-mine, api_base: os.environ/GATEWAY}",
        "{model: os.environ/GATEWAY, api_key: sk-mine}",
    ] {
        let read = litellm(params);
        assert_eq!(read.providers.len(), 0, "{params}");
        assert_eq!(read.ignored, [("GATEWAY".to_owned(), Ignored::InEnvironment)], "{params}");
    }
}

#[test]
fn a_model_without_a_prefix_goes_to_whom_it_belongs_or_to_nobody() {
    let kind = |model: &str| {
        litellm(&format!("{{model: {model}, api_key: k}}")).providers.first().map(|each| each.kind.clone())
    };
    for (model, wanted) in [
        ("gpt-5-mini", Some("openai")),
        ("o3-mini", Some("openai")),
        ("claude-sonnet-4-5", Some("anthropic")),
        ("gemini-pro", None),
        ("command-r", None),
        ("mistral-large", None),
    ] {
        assert_eq!(kind(model).as_deref(), wanted, "{model}");
    }
}

#[test]
fn nothing_that_is_said_back_can_rewrite_a_terminal() {
    let names = [
        "model_list:\n- model_name: \"a\\e[2J\\u009b1m\\u202eb\\n\"\n  litellm_params: {model: bedrock/x}\n",
        "model_list:\n- model_name: team\n  litellm_params: {model: openai/x, api_key: \"os.environ/A\\e[2J\"}\n",
        "model_list:\n- model_name: team\n  litellm_params: {model: openai/x, api_key: \"os.environ/sk-canary-0123456789\"}\n",
    ];
    for text in names {
        for (name, why) in read_litellm(text.as_bytes()).unwrap().ignored {
            assert!(name.chars().all(|each| !each.is_control() && each != '\u{202e}'), "{name:?} {why:?}");
            assert!(name.chars().count() <= 80 && !name.contains("canary"), "{name:?}");
        }
    }
    let long = format!("{}=1\n", "A".repeat(100));
    assert!(env(&long).ignored.iter().all(|(name, _)| name.len() <= 80));
}

#[test]
fn what_a_document_does_not_name_is_not_touched() {
    let now = Settings::read(
        br#"{"format":"addon-console/settings/v1",
            "console":{"ca_file":"/etc/ca.pem","corporate_proxy":"http://proxy.example:3128","lock_idle_minutes":5,"lock_on_suspend":true},
            "applications":{"Mailer":{"type":"email","origins":["https://a.example"]}}}"#,
    )
    .unwrap();
    for text in [
        r#"{"format":"addon-console/settings/v1"}"#,
        r#"{"format":"addon-console/settings/v1","console":{},"applications":{"Mailer":{"type":"email"}}}"#,
    ] {
        let then = Settings::read(text.as_bytes()).unwrap();
        assert!(difference(&now, &then).iter().all(|each| each.verdict == Outcome::Unchanged), "{text}");
    }
}
