//! RFC 5297's and Wycheproof's vectors. Our own use is AES-256; the crate's AES-128 is checked with it.

use aes_siv::KeyInit as _;
use aes_siv::siv::Aes128Siv;
use serde_json::Value;

use super::*;

fn vectors(name: &str) -> Value {
    let path = format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn hex(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap();
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// `None`: the key length has no counterpart (AES-192).
fn run_encrypt(key: &[u8], headers: &[&[u8]], plain: &[u8]) -> Option<Vec<u8>> {
    match key.len() {
        64 => Some(encrypt(key.try_into().unwrap(), headers, plain).unwrap()),
        32 => Some(Aes128Siv::new(key.try_into().unwrap()).encrypt(headers, plain).unwrap()),
        _ => None,
    }
}

fn run_decrypt(key: &[u8], headers: &[&[u8]], sealed: &[u8]) -> Option<Vec<u8>> {
    match key.len() {
        64 => decrypt(key.try_into().unwrap(), headers, sealed).map(|plain| plain.to_vec()),
        _ => Aes128Siv::new(key.try_into().unwrap()).decrypt(headers, sealed).ok(),
    }
}

fn check(key: &[u8], headers: &[&[u8]], plain: &[u8], sealed: &[u8], valid: bool) -> bool {
    let Some(ours) = run_encrypt(key, headers, plain) else { return false };
    assert_eq!(ours == sealed, valid);
    assert_eq!(run_decrypt(key, headers, sealed).as_deref(), valid.then_some(plain));
    true
}

#[test]
fn rfc_5297_appendix_a() {
    let file = vectors("rfc5297_appendix_a.json");
    let cases = file["tests"].as_array().unwrap();
    for case in cases {
        let headers: Vec<Vec<u8>> = case["headers"].as_array().unwrap().iter().map(hex).collect();
        let headers: Vec<&[u8]> = headers.iter().map(Vec::as_slice).collect();
        assert!(check(&hex(&case["key"]), &headers, &hex(&case["plaintext"]), &hex(&case["output"]), true));
    }
    assert_eq!(cases.len(), 2);
}

#[test]
fn wycheproof_deterministic() {
    let file = vectors("wycheproof_aes_siv_cmac_test.json");
    let mut run = 0;
    for case in
        file["testGroups"].as_array().unwrap().iter().flat_map(|group| group["tests"].as_array().unwrap())
    {
        let (aad, valid) = (hex(&case["aad"]), case["result"] == "valid");
        run += usize::from(check(&hex(&case["key"]), &[&aad], &hex(&case["msg"]), &hex(&case["ct"]), valid));
    }
    assert_eq!(run, 295);
}

#[test]
fn wycheproof_with_nonce() {
    let file = vectors("wycheproof_aead_aes_siv_cmac_test.json");
    let mut run = 0;
    for case in
        file["testGroups"].as_array().unwrap().iter().flat_map(|group| group["tests"].as_array().unwrap())
    {
        let (aad, iv, valid) = (hex(&case["aad"]), hex(&case["iv"]), case["result"] == "valid");
        let sealed = [hex(&case["tag"]), hex(&case["ct"])].concat();
        run += usize::from(check(&hex(&case["key"]), &[&aad, &iv], &hex(&case["msg"]), &sealed, valid));
    }
    assert_eq!(run, 600);
}

#[test]
fn headers_are_a_list() {
    let key = [7; 64];
    let one = encrypt(&key, &[b"ab", b"c"], b"x").unwrap();
    assert!(decrypt(&key, &[b"a", b"bc"], &one).is_none());
    assert!(decrypt(&key, &[b"ab", b"c"], &one).is_some());
}
