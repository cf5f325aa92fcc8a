//! Sealing and opening: round trips, every way a record can be moved or damaged, and the frozen vectors.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

struct Counting(std::sync::atomic::AtomicU8);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandom> {
        bytes.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        Ok(())
    }
}

fn counting() -> Counting {
    Counting(std::sync::atomic::AtomicU8::new(1))
}

fn opener(version: u32) -> Opener {
    Opener::new(&VaultKey::from_bytes(&[9; 64], version).unwrap())
}

fn key(text: &str) -> ProviderKey {
    ProviderKey::from_bytes(Zeroizing::new(text.as_bytes().to_vec())).ok().unwrap()
}

fn binding() -> Binding {
    Binding {
        record: ProviderId(Uuid::from_u128(1)),
        application: ApplicationId(Uuid::from_u128(2)),
        kind: ProviderKind::try_from("openai".to_owned()).unwrap(),
        upstream_origin: "https://api.openai.com:443".to_owned(),
    }
}

#[test]
fn equal_keys_look_different() {
    let (random, opener) = (counting(), opener(1));
    let one = seal(&opener, &key("sk-abc"), &binding(), &random).unwrap();
    let two = seal(&opener, &key("sk-abc"), &binding(), &random).unwrap();
    assert_ne!(one.blob(), two.blob());
}

#[test]
fn lengths_are_hidden_in_steps_of_64() {
    let length =
        |count| seal(&opener(1), &key(&"k".repeat(count)), &binding(), &counting()).unwrap().blob().len();
    assert_eq!(length(1), length(62));
    assert_eq!(length(62) + 64, length(63));
}

#[test]
fn a_record_moved_anywhere_does_not_open() {
    let sealed = seal(&opener(1), &key("sk-abc"), &binding(), &counting()).unwrap();
    assert!(opener(1).open(&sealed, &binding()).is_ok());
    let moved = [
        Binding { record: ProviderId(Uuid::from_u128(3)), ..binding() },
        Binding { application: ApplicationId(Uuid::from_u128(3)), ..binding() },
        Binding { kind: ProviderKind::try_from("anthropic".to_owned()).unwrap(), ..binding() },
        Binding { upstream_origin: "https://evil.example:443".to_owned(), ..binding() },
    ];
    for (place, binding) in moved.iter().enumerate() {
        assert_eq!(opener(1).open(&sealed, binding).err(), Some(OpenError::Damaged), "{place}");
    }
    assert_eq!(opener(2).open(&sealed, &binding()).err(), Some(OpenError::OtherVersion));
    let relabelled = SealedKey::from_stored(sealed.blob(), 2);
    assert_eq!(opener(2).open(&relabelled, &binding()).err(), Some(OpenError::Damaged));
}

#[test]
fn every_flipped_bit_and_every_cut_is_noticed() {
    let sealed = seal(&opener(1), &key("sk-abc"), &binding(), &counting()).unwrap();
    for at in 0..sealed.blob().len() {
        for bit in 0..8 {
            let mut blob = sealed.blob().to_vec();
            blob[at] ^= 1 << bit;
            assert!(opener(1).open(&SealedKey::from_stored(&blob, 1), &binding()).is_err());
        }
        assert!(opener(1).open(&SealedKey::from_stored(&sealed.blob()[..at], 1), &binding()).is_err());
    }
}

/// Frozen: what this program sealed in format 1 opens for ever. Never make this file anew.
#[test]
fn frozen_records_of_format_1_open() {
    let text = include_str!("../../../tests/vectors/sealed_key_v1.json");
    let records: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
    assert!(records.len() >= 3);
    for record in records {
        let field = |name: &str| record[name].as_str().unwrap().to_owned();
        let binding = Binding {
            record: field("record").parse().unwrap(),
            application: field("application").parse().unwrap(),
            kind: field("kind").try_into().unwrap(),
            upstream_origin: field("upstream_origin"),
        };
        let version = u32::try_from(record["key_version"].as_u64().unwrap()).unwrap();
        let master = VaultKey::from_text(field("vault_key").as_bytes(), version).unwrap();
        let blob: Vec<u8> = {
            use base64::Engine as _;
            base64::engine::general_purpose::STANDARD.decode(field("blob")).unwrap()
        };
        let opened = Opener::new(&master).open(&SealedKey::from_stored(&blob, version), &binding);
        assert_eq!(opened.ok().unwrap().expose(str::to_owned), field("key"));
    }
}

proptest! {
    #[test]
    fn what_is_sealed_opens(text in "[!-~]{1,4096}", version in 1_u32..9) {
        let sealed = seal(&opener(version), &key(&text), &binding(), &counting()).unwrap();
        prop_assert_eq!(opener(version).open(&sealed, &binding()).ok().unwrap().expose(str::to_owned), text);
    }

    #[test]
    fn no_bytes_make_opening_panic(blob in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(opener(1).open(&SealedKey::from_stored(&blob, 1), &binding()).is_err());
    }
}
