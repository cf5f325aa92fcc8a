//! A document in part: what it does not name is as it was, field by field, and what it names is what comes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use transfer::*;

const NOW: &str = r#"{"format":"addon-console/settings/v1",
    "console":{"ca_file":"/etc/ca.pem","corporate_proxy":"http://proxy.example:3128","lock_idle_minutes":5,"lock_on_suspend":true},
    "applications":{
        "Mailer":{"type":"email","origins":["https://a.example"],
            "providers":{"Team":{"kind":"openai","base_url":"https://api.openai.com/v1","model":"gpt-x","options":{"a":"1"},"active":false}},
            "addons":{"ai-integration":{"enabled":true,"providers":["Team"],"settings":{"tokensAvailable":100,"tokenLabel":"words"}}}},
        "Other":{"type":"page"}}}"#;

fn over(now: &Settings, text: &str) -> Settings {
    let text = format!(r#"{{"format":"addon-console/settings/v1"{text}}}"#);
    Document::read(text.as_bytes()).unwrap().over(now).unwrap()
}

fn now() -> Settings {
    Document::read(NOW.as_bytes()).unwrap().over(&Settings::default()).unwrap()
}

/// Subject, name and field of all that changes.
fn changes(text: &str) -> Vec<String> {
    let changes = difference(&now(), &over(&now(), text));
    let changed = changes.into_iter().filter(|each| each.verdict != Outcome::Unchanged);
    changed
        .flat_map(|each| {
            let Change { subject, name, verdict, fields, .. } = each;
            fields.into_iter().map(move |field| {
                format!("{subject:?} {name} {verdict:?} {} {}->{}", field.field, field.before, field.after)
            })
        })
        .collect()
}

fn mailer(text: &str) -> String {
    format!(r#","applications":{{"Mailer":{{"type":"email"{text}}}}}"#)
}

#[test]
fn what_a_document_does_not_name_is_not_touched() {
    let team = r#","providers":{"Team":{"kind":"openai","base_url":"https://api.openai.com/v1"}}"#;
    let addon = r#","addons":{"ai-integration":{"enabled":true}}"#;
    for text in [
        String::new(),
        r#","console":{}"#.to_owned(),
        mailer(""),
        mailer(team),
        mailer(addon),
        mailer(r#","addons":{"ai-integration":{"enabled":true,"settings":{}}}"#),
    ] {
        assert_eq!(changes(&text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_a_document_names_is_what_comes() {
    let provider = |text: &str| {
        mailer(&format!(
            r#","providers":{{"Team":{{"kind":"openai","base_url":"https://api.openai.com/v1"{text}}}}}"#
        ))
    };
    let addon = |text: &str| mailer(&format!(r#","addons":{{"ai-integration":{{"enabled":true{text}}}}}"#));
    for (text, wanted) in [
        (r#","console":{"ca_file":null}"#.to_owned(), r#"Console  Changed ca_file "/etc/ca.pem"->"#),
        (r#","console":{"lock_idle_minutes":0}"#.to_owned(), "Console  Changed lock_idle_minutes 5->0"),
        (mailer(r#","origins":[]"#), r#"Application Mailer Changed origins ["https://a.example"]->[]"#),
        (provider(r#","model":null"#), r#"Provider Team Changed model "gpt-x"->"#),
        (provider(r#","options":{}"#), r#"Provider Team Changed options.a "1"->"#),
        (provider(r#","active":true"#), "Provider Team Changed active false->true"),
        (provider(r#","plain_http_allowed":true"#), "Provider Team Conflict plain_http_allowed ->true"),
        (addon(r#","providers":[]"#), r#"Addon ai-integration Changed providers ["Team"]->[]"#),
        (
            addon(r#","settings":{"tokensAvailable":7}"#),
            "Addon ai-integration Changed settings.tokensAvailable 100->7",
        ),
        (
            addon(r#","settings":{"tokenLabel":null}"#),
            r#"Addon ai-integration Changed settings.tokenLabel "words"->"#,
        ),
    ] {
        assert_eq!(changes(&text), [wanted], "{text}");
    }
}

#[test]
fn an_export_is_a_whole_document_and_reads_back_the_same_anywhere() {
    let written = now().write();
    let read = Document::read(written.as_bytes()).unwrap();
    assert_eq!(read.over(&Settings::default()).unwrap(), now());
    assert_eq!(read.over(&now()).unwrap().write(), written);
    // A provider without a model says so: elsewhere it may have one.
    assert!(
        over(
            &Settings::default(),
            &mailer(r#","providers":{"Team":{"kind":"openai","base_url":"https://x"}}"#)
        )
        .write()
        .contains("\"model\": null")
    );
}
