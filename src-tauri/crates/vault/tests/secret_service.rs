//! The vault against a real Secret Service. `script/test` starts one and sets the variable; without it there is
//! nothing to test against and the test says so.

use std::sync::Arc;
use std::time::Duration;

use vault::{KeyStore, KeyStoreError, OsKeyring};

const VARIABLE: &str = "ADDON_CONSOLE_TEST_SECRET_SERVICE";

#[test]
fn a_secret_is_kept_and_read_back_through_a_fresh_handle() {
    let keyring = Arc::new(OsKeyring::new(Duration::from_secs(3)));
    let name = format!("test-{}", uuid::Uuid::new_v4());
    if std::env::var_os(VARIABLE).is_none() {
        println!("no Secret Service: run by script/test with {VARIABLE}=1");
        return;
    }
    assert_eq!(keyring.get(&name).err(), Some(KeyStoreError::NoEntry));
    keyring.put(&name, b"c2VjcmV0").unwrap();
    assert_eq!(keyring.get(&name).unwrap().as_slice(), b"c2VjcmV0");
    assert_eq!(OsKeyring::new(Duration::from_secs(3)).get(&name).unwrap().as_slice(), b"c2VjcmV0");
}
