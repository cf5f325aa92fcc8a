//! Everything that is not a key: what is written is read back the same, and what belongs together goes together.

use std::sync::Arc;

use domain::addons::ai_integration;
use domain::*;
use tempfile::tempdir;
use uuid::Uuid;
use vault::StoreError;

use crate::support::*;

#[test]
fn applications_keep_their_origins_and_their_names_are_unique() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let vault = open(dir.path(), &keyring);
    let name = |text: &str| ApplicationName::try_from(text.to_owned()).unwrap();
    let origins =
        vec![Origin::parse("http://localhost:3000").unwrap(), Origin::parse("https://a.example").unwrap()];
    let (added, _) = by(&vault).add_application(name("One"), ApplicationKind::Page, origins).unwrap();
    assert_eq!(vault.applications().unwrap(), std::slice::from_ref(&added));
    let taken = by(&vault).add_application(name("ONE"), ApplicationKind::Email, vec![]);
    assert!(matches!(taken, Err(StoreError::NameTaken)));
    by(&vault).update_application(added.id, &name("Two"), ApplicationKind::Popup, &[]).unwrap();
    let found = vault.applications().unwrap().remove(0);
    assert_eq!((found.name.as_str(), found.kind, found.origins.len()), ("Two", ApplicationKind::Popup, 0));
    by(&vault).remove_application(added.id).unwrap();
    assert!(matches!(by(&vault).remove_application(added.id), Err(StoreError::NotFound)));
}

#[test]
fn an_old_client_secret_works_24_hours_more() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let vault = open(dir.path(), &keyring);
    let id = application(&vault, "One").id;
    let old = vault.secret_hashes().unwrap().remove(0);
    assert_eq!(old.valid_until, None);
    vault.by(vault::Who::Window, Timestamp(1000)).regenerate_secret(id).unwrap();
    let hashes = vault.secret_hashes().unwrap();
    let ends = hashes.iter().find(|secret| secret.hash == old.hash).unwrap().valid_until;
    assert_eq!((hashes.len(), ends), (2, Some(Timestamp(1000 + 24 * 60 * 60 * 1000))));
    assert!(by(&vault).regenerate_secret(ApplicationId(Uuid::nil())).is_err());
}

#[test]
fn addons_keep_order_and_lose_removed_providers() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let vault = open(dir.path(), &keyring);
    let (app, handle) = (application(&vault, "One"), ai_integration::DESCRIPTOR.handle);
    let [one, two] = ["First", "Second"].map(|name| provider(&app, name, None));
    for provider in [&one, &two] {
        by(&vault).add_provider(provider, None).unwrap();
    }
    by(&vault).install_addon(app.id, handle).unwrap();
    by(&vault).install_addon(app.id, handle).unwrap();
    let mut addon = vault.addons().unwrap().remove(0);
    assert!(!addon.enabled);
    addon.enabled = true;
    addon.providers = vec![two.id, one.id];
    addon.settings = serde_json::from_str(r#"{"tokensAvailable": 10}"#).unwrap();
    by(&vault).save_addon(&addon).unwrap();
    assert_eq!(vault.addons().unwrap(), [addon]);
    by(&vault).remove_provider(two.id, false).unwrap();
    assert_eq!(vault.addons().unwrap()[0].providers, [one.id]);
    by(&vault).remove_application(app.id).unwrap();
    assert!(vault.addons().unwrap().is_empty() && vault.providers().unwrap().is_empty());
}

#[test]
fn activity_reads_back_whole_newest_first() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let vault = open(dir.path(), &keyring);
    let row = |at: i64| Activity {
        id: CallId(Uuid::now_v7()),
        at: Timestamp(at),
        application: ApplicationId(Uuid::now_v7()),
        route: Route::Text,
        addon: Some(ai_integration::DESCRIPTOR.handle),
        provider: Some(ProviderId(Uuid::now_v7())),
        provider_kind: Some(ProviderKind::try_from("openai".to_owned()).unwrap()),
        model: None,
        streamed: true,
        status: 200,
        cause: Some(Cause::StreamCut),
        upstream_status: Some(200),
        fault: None,
        from_tape: false,
        usage: Some(TokenUsage::of(3, 4)),
        images: Some(2),
        characters: None,
        attempts: 3,
        timings: Timings { total_us: 9, key_open_us: Some(2), ..Timings::default() },
    };
    let rows = [row(1), row(2)];
    vault.append_activity(&rows, &Retention::default()).unwrap();
    assert_eq!(vault.activity(10, None).unwrap(), [rows[1].clone(), rows[0].clone()]);
    assert_eq!(vault.activity(1, None).unwrap().len(), 1);
    assert_eq!(vault.activity(10, Some(rows[1].id)).unwrap(), [rows[0].clone()]);
    for nothing in [rows[0].id, CallId(Uuid::nil())] {
        assert_eq!(vault.activity(10, Some(nothing)).unwrap(), []);
    }
}
