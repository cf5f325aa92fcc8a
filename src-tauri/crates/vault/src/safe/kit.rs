//! The recovery kit: a printed code of 160 random bits that gets the vault key back.
//!
//! Argon2id makes an age identity (X25519) from the code; the vault key is encrypted to its public half, which is all that
//! is kept. So a rotation can wrap the new vault key without the code, and a kit in a drawer stays good. The public half is
//! sealed under the vault key: whoever writes to the database cannot put his own in its place and wait for a rotation.

use age::x25519::{Identity, Recipient};
use bech32::{Bech32, Hrp};
use data_encoding::{Encoding, Specification};
use domain::{NoRandom, Random, Timestamp};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::vault_key::SubKeys;
use super::wrap::{COST, Cost, SALT_LEN, stretch};
use super::{Opener, VaultKey};
use crate::hazmat;

const LABEL: &[u8] = b"addon-console/kit-recipient/v1";
const CODE_LEN: usize = 20;
/// Symbols that tell a slip of the pen: 20 bits of the code's hash.
const CHECK_SYMBOLS: usize = 4;
const GROUP: usize = 4;

/// A recovery code. Wiped when dropped; cannot be printed, copied or serialised:
///
/// ```compile_fail,E0277
/// fn of(code: vault::KitCode) -> String { format!("{code:?}") }
/// ```
/// ```compile_fail,E0599
/// fn of(code: &vault::KitCode) -> vault::KitCode { code.clone() }
/// ```
/// ```compile_fail,E0277
/// fn of(code: vault::KitCode) -> serde_json::Result<String> { serde_json::to_string(&code) }
/// ```
pub struct KitCode(Zeroizing<[u8; CODE_LEN]>);

/// What was typed is no recovery code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no recovery code")]
pub struct CodeError;

impl KitCode {
    pub(crate) fn make(random: &dyn Random) -> Result<Self, NoRandom> {
        let mut code = Zeroizing::new([0; CODE_LEN]);
        random.fill(code.as_mut_slice())?;
        Ok(Self(code))
    }

    /// Reads a code as people type it: small or capital letters, with or without dashes and spaces, O for 0, I and L for 1.
    pub fn parse(typed: &[u8]) -> Result<Self, CodeError> {
        let symbols: Zeroizing<Vec<u8>> = Zeroizing::new(
            typed.iter().copied().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'-').collect(),
        );
        let split = symbols.len().checked_sub(CHECK_SYMBOLS).ok_or(CodeError)?;
        let (code, check) = symbols.split_at(split);
        let bytes = Zeroizing::new(crockford().ok_or(CodeError)?.decode(code).map_err(|_| CodeError)?);
        let code = Self(Zeroizing::new(bytes.as_slice().try_into().map_err(|_| CodeError)?));
        let same = code.check().as_bytes().ct_eq(&check.iter().map(|byte| plain(*byte)).collect::<Vec<_>>());
        if same.into() { Ok(code) } else { Err(CodeError) }
    }

    /// Shows it in groups of four symbols, for the printed kit.
    pub fn expose<R>(&self, read: impl FnOnce(&str) -> R) -> R {
        let mut symbols = Zeroizing::new(String::with_capacity(64));
        if let Some(crockford) = crockford() {
            crockford.encode_append(self.0.as_slice(), &mut symbols);
        }
        symbols.push_str(&self.check());
        let mut text = Zeroizing::new(String::with_capacity(64));
        for (place, symbol) in symbols.chars().enumerate() {
            if place > 0 && place.is_multiple_of(GROUP) {
                text.push('-');
            }
            text.push(symbol);
        }
        read(&text)
    }

    fn check(&self) -> String {
        let hash = Sha256::digest(self.0.as_slice());
        let mut symbols = crockford().map(|crockford| crockford.encode(&hash)).unwrap_or_default();
        symbols.truncate(CHECK_SYMBOLS);
        symbols
    }

    fn identity(&self, cost: Cost, salt: &[u8]) -> Option<Identity> {
        let key = stretch(self.0.as_slice(), salt, cost)?;
        let hrp = Hrp::parse("age-secret-key-").ok()?;
        let text = Zeroizing::new(bech32::encode::<Bech32>(hrp, key.get(..32)?).ok()?.to_uppercase());
        text.parse().ok()
    }
}

/// Crockford's base 32: no symbol that is taken for another.
fn crockford() -> Option<Encoding> {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    specification.translate.from.push_str("abcdefghjkmnpqrstvwxyzOoIiLl");
    specification.translate.to.push_str("ABCDEFGHJKMNPQRSTVWXYZ001111");
    specification.encoding().ok()
}

fn plain(symbol: u8) -> u8 {
    match symbol.to_ascii_uppercase() {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    }
}

/// A kit as it is stored.
pub(crate) struct Kit {
    pub(crate) cost: Cost,
    pub(crate) salt: Vec<u8>,
    pub(crate) recipient: String,
    pub(crate) seal: Vec<u8>,
    pub(crate) wrapped: Vec<u8>,
    pub(crate) made: Timestamp,
}

impl Kit {
    /// A kit of `code` for `key`. Takes a good part of a second.
    pub(crate) fn make(
        code: &KitCode,
        key: &VaultKey,
        vault_id: &[u8],
        made: Timestamp,
        random: &dyn Random,
    ) -> Result<Option<Self>, NoRandom> {
        let mut salt = vec![0; SALT_LEN];
        random.fill(&mut salt)?;
        Ok(code.identity(COST, &salt).and_then(|identity| {
            let recipient = identity.to_public();
            let seal = seal(&key.sub_keys(), &recipient.to_string(), vault_id)?;
            let wrapped = encrypt(&recipient, key, vault_id)?;
            Some(Self { cost: COST, salt, recipient: recipient.to_string(), seal, wrapped, made })
        }))
    }

    /// The same kit for a new vault key; `None` if the kit in the store is not the one that was sealed.
    pub(crate) fn rewrap(&self, old: &Opener, new: &VaultKey, vault_id: &[u8]) -> Option<Self> {
        let known = seal(old.keys(), &self.recipient, vault_id)?;
        if !bool::from(known.ct_eq(&self.seal)) {
            return None;
        }
        let recipient: Recipient = self.recipient.parse().ok()?;
        Some(Self {
            cost: self.cost,
            salt: self.salt.clone(),
            recipient: self.recipient.clone(),
            seal: seal(&new.sub_keys(), &self.recipient, vault_id)?,
            wrapped: encrypt(&recipient, new, vault_id)?,
            made: self.made,
        })
    }

    /// The vault key; `None`: another code, or something was changed.
    pub(crate) fn open(&self, code: &KitCode, vault_id: &[u8], version: u32) -> Option<VaultKey> {
        let identity = code.identity(self.cost, &self.salt)?;
        let plain = Zeroizing::new(age::decrypt(&identity, &self.wrapped).ok()?);
        let (vault, rest) = plain.split_at_checked(vault_id.len())?;
        let (number, key) = rest.split_at_checked(size_of::<u32>())?;
        let ours = vault == vault_id && number == version.to_be_bytes();
        VaultKey::from_bytes(key, version).filter(|_| ours)
    }
}

fn seal(keys: &SubKeys, recipient: &str, vault_id: &[u8]) -> Option<Vec<u8>> {
    hazmat::encrypt(&keys.slots, &[LABEL, vault_id, recipient.as_bytes()], b"")
}

fn encrypt(recipient: &Recipient, key: &VaultKey, vault_id: &[u8]) -> Option<Vec<u8>> {
    let plain = Zeroizing::new([vault_id, &key.version().to_be_bytes(), key.bytes()].concat());
    age::encrypt(recipient, &plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u8);

    impl Random for Fixed {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandom> {
            bytes.fill(self.0);
            Ok(())
        }
    }

    #[test]
    fn a_code_is_read_however_it_is_typed_and_a_slip_is_noticed() {
        let code = KitCode::make(&Fixed(0x5a)).unwrap();
        let text = code.expose(str::to_owned);
        assert_eq!(text.len(), 36 + 8, "{text}");
        for typed in [
            text.clone(),
            text.to_lowercase(),
            text.replace('-', ""),
            format!(" {} ", text.replace('-', " ")),
        ] {
            assert_eq!(KitCode::parse(typed.as_bytes()).unwrap().0, code.0, "{typed}");
        }
        for place in (0..text.len()).filter(|place| text.as_bytes()[*place] != b'-') {
            let mut slip = text.clone().into_bytes();
            slip[place] = if slip[place] == b'7' { b'8' } else { b'7' };
            assert!(KitCode::parse(&slip).is_err(), "{place}");
        }
        for bad in ["", "-", "ABC", &text[1..], &format!("{text}0"), "ü"] {
            assert!(KitCode::parse(bad.as_bytes()).is_err(), "{bad}");
        }
        let zeros = KitCode::make(&Fixed(0)).unwrap().expose(str::to_owned).replace('0', "o");
        assert!(KitCode::parse(zeros.as_bytes()).is_ok());
    }

    #[test]
    fn a_kit_opens_for_its_code_its_vault_and_its_version_and_outlives_a_rotation() {
        let (one, two) =
            (VaultKey::from_bytes(&[1; 64], 1).unwrap(), VaultKey::from_bytes(&[2; 64], 2).unwrap());
        let code = KitCode::make(&Fixed(7)).unwrap();
        let kit = Kit::make(&code, &one, b"vault-id-16bytes", Timestamp(5), &Fixed(9)).unwrap().unwrap();
        let opens = |kit: &Kit, code: &KitCode, vault: &[u8], version| {
            kit.open(code, vault, version).map(|key| *key.bytes())
        };
        assert_eq!(opens(&kit, &code, b"vault-id-16bytes", 1), Some([1; 64]));
        assert_eq!(opens(&kit, &KitCode::make(&Fixed(8)).unwrap(), b"vault-id-16bytes", 1), None);
        assert_eq!(opens(&kit, &code, b"other-id-16bytes", 1), None);
        assert_eq!(opens(&kit, &code, b"vault-id-16bytes", 2), None);
        let mut next = kit.rewrap(&Opener::new(&one), &two, b"vault-id-16bytes").unwrap();
        assert_eq!(opens(&next, &code, b"vault-id-16bytes", 2), Some([2; 64]));
        // A foreign recipient gets nothing.
        next.recipient = Identity::generate().to_public().to_string();
        let three = VaultKey::from_bytes(&[3; 64], 3).unwrap();
        assert!(next.rewrap(&Opener::new(&two), &three, b"vault-id-16bytes").is_none());
    }
}
