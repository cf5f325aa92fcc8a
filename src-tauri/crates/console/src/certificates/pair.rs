//! A CA that signs once, and the certificate it signed. See `docs/adr/0010-a-ca-that-signs-once.md`.
//!
//! The CA's key lives for the length of one function and is never written: whoever steals these files can pretend to
//! be this machine's loopback, and nobody else.

use std::io::{self, ErrorKind, Write as _};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use domain::{Random, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, NameConstraints, date_time_ymd,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize as _, Zeroizing};

/// Below the 825 days that Apple's systems take from an authority a user added.
const LIFE: Duration = Duration::from_secs(800 * 24 * 60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How the CA's name begins, in every trust store.
pub(super) const NAME: &str = "AddOn Console local CA";
const FILE: &str = "https.json";
const CA_FILE: &str = "addon-console-ca.pem";

/// No `Debug`: it holds a key.
#[derive(Serialize, Deserialize)]
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) expires: Timestamp,
    pub(super) ca: String,
    leaf: String,
    key: String,
}

impl Drop for Pair {
    fn drop(&mut self) {
        self.key.zeroize();
    }
}

impl Pair {
    pub(super) fn make(now: Timestamp, random: &dyn Random) -> Option<Self> {
        let mut mark = [0; 4];
        random.fill(&mut mark).ok()?;
        // Two CAs of one name would be one in the eyes of a trust store.
        let name = format!("{NAME} {}", hex(&mark));
        let expires = now.plus(LIFE);
        let signing = KeyPair::generate().ok()?;
        let ca_params = ca(&name, now, expires)?;
        let ca = ca_params.self_signed(&signing).ok()?.pem();
        let key = KeyPair::generate().ok()?;
        let leaf = leaf(now, expires)?.signed_by(&key, &Issuer::new(ca_params, signing)).ok()?.pem();
        Some(Self { name, expires, ca, leaf, key: key.serialize_pem() })
    }

    /// What the proxy shows: the certificate, and its key.
    pub(super) fn identity(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new([self.leaf.as_bytes(), self.key.as_bytes()].concat())
    }

    /// SHA-256 of the CA, as browsers show it.
    pub(super) fn fingerprint(&self) -> String {
        use base64::Engine as _;
        let body: String = self.ca.lines().filter(|line| !line.starts_with('-')).collect();
        let der = base64::engine::general_purpose::STANDARD.decode(body).unwrap_or_default();
        let bytes = Sha256::digest(der);
        bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
    }

    pub(super) fn read(dir: &Path) -> io::Result<Option<Self>> {
        let text = match std::fs::read(dir.join(FILE)) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        serde_json::from_slice(&text).map(Some).map_err(|_| ErrorKind::InvalidData.into())
    }

    /// Certificate and key go into one file, replaced whole: no crash can leave one without the other.
    pub(super) fn write(&self, dir: &Path) -> io::Result<()> {
        let text = Zeroizing::new(serde_json::to_vec(self)?);
        replace(&dir.join(FILE), &text, 0o600)?;
        replace(&ca_file(dir), self.ca.as_bytes(), 0o644)
    }
}

/// The CA's certificate, for trust stores. Public.
pub(super) fn ca_file(dir: &Path) -> PathBuf {
    dir.join(CA_FILE)
}

pub(super) fn delete(dir: &Path) -> io::Result<()> {
    for file in [dir.join(FILE), ca_file(dir)] {
        match std::fs::remove_file(file) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn replace(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let beside = path.with_extension("new");
    // One left by a crash may have other rights.
    let _ = std::fs::remove_file(&beside);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)
}

fn ca(name: &str, now: Timestamp, expires: Timestamp) -> Option<CertificateParams> {
    let mut params = between(CertificateParams::default(), now, expires)?;
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let (v4, v6) = (Ipv4Addr::LOCALHOST.octets(), Ipv6Addr::LOCALHOST.octets());
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![
            GeneralSubtree::DnsName("localhost".to_owned()),
            GeneralSubtree::IpAddress(CidrSubnet::V4(v4, [255; 4])),
            GeneralSubtree::IpAddress(CidrSubnet::V6(v6, [255; 16])),
        ],
        excluded_subtrees: Vec::new(),
    });
    Some(params)
}

fn leaf(now: Timestamp, expires: Timestamp) -> Option<CertificateParams> {
    let names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
    let mut params = between(CertificateParams::new(names).ok()?, now, expires)?;
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "localhost");
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    Some(params)
}

/// From a day ago, since clocks differ.
fn between(mut params: CertificateParams, now: Timestamp, expires: Timestamp) -> Option<CertificateParams> {
    let at = |moment: Timestamp| {
        let since = Duration::from_millis(u64::try_from(moment.0).ok()?);
        Some(date_time_ymd(1970, 1, 1) + since)
    };
    params.not_before = at(now)? - DAY;
    params.not_after = at(expires)?;
    Some(params)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
