//! HTTPS on the proxy's own port: a CA that signs once, in force at once, renewed before its end, gone when removed.

use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::time::Duration;

use console::api::*;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::support::*;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn command(bench: &Bench, name: &str) -> CertificateView {
    call(&bench.console, name, json!({})).await
}

/// Asks for `/v1/session` over TLS, trusting `ca` alone; why not, if not.
async fn over_tls(bench: &Bench, ca: &[u8], host: &str, origin: &str) -> Result<String, String> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(ca).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let connector = TlsConnector::from(Arc::new(config.with_root_certificates(roots).with_no_client_auth()));
    let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned()).unwrap();
    let address = if host == "[::1]" { "::1" } else { "127.0.0.1" };
    let tcp = TcpStream::connect((address, bench.port)).await.unwrap();
    let mut stream = connector.connect(name, tcp).await.map_err(|error| error.to_string())?;
    let request = format!(
        "GET /v1/session HTTP/1.1\r\nHost: {host}:{}\r\nOrigin: {origin}\r\nAuthorization: Bearer {}\r\n\
         Connection: close\r\n\r\n",
        bench.port,
        bench.token().await
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn ca_of(view: &CertificateView) -> Vec<u8> {
    std::fs::read(view.ca_file.as_ref().unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn https_is_spoken_beside_http_once_there_is_a_certificate() {
    let bench = Bench::openai().await;
    assert_eq!(command(&bench, "certificate_get").await.state, CertificateState::None);
    let made = command(&bench, "certificate_make").await;
    assert_eq!(made.state, CertificateState::Good);
    assert_eq!(made.url, Some(format!("https://127.0.0.1:{}", bench.port)));
    let ca = ca_of(&made);
    for host in ["127.0.0.1", "localhost", "[::1]"] {
        let said = over_tls(&bench, &ca, host, ORIGIN).await.unwrap();
        assert!(said.starts_with("HTTP/1.1 200 OK"), "{host}: {said}");
    }
    // The gate is the same: a foreign page, and this proxy's plain pages, which are another origin.
    for origin in ["https://evil.example".to_owned(), format!("http://127.0.0.1:{}", bench.port)] {
        let said = over_tls(&bench, &ca, "127.0.0.1", &origin).await.unwrap();
        assert!(said.starts_with("HTTP/1.1 403"), "{origin}: {said}");
    }
    assert_eq!(bench.write("Hello", false).await.status, 200);
    // Another authority's word is worth nothing.
    let stranger = testkit::tls::TestCa::new();
    assert!(over_tls(&bench, stranger.pem().as_bytes(), "localhost", ORIGIN).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_authoritys_key_is_nowhere_and_the_other_is_its_owners() {
    let bench = Bench::openai().await;
    let view = command(&bench, "certificate_make").await;
    let file = bench.data_dir().join("https.json");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let mut keys = 0;
    for entry in std::fs::read_dir(bench.data_dir()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap_or_default();
        keys += bytes.windows(11).filter(|bytes| *bytes == b"PRIVATE KEY").count();
    }
    assert_eq!(keys, 2, "one key: the words stand at its beginning and its end");
    assert!(!format!("{view:?}").contains("PRIVATE"));
    // Critical name constraints, for this machine's own names; it may sign no further authority.
    let der = CertificateDer::from_pem_slice(&ca_of(&view)).unwrap();
    let holds = |bytes: &[u8]| der.windows(bytes.len()).any(|window| window == bytes);
    assert!(holds(&[0x06, 0x03, 0x55, 0x1d, 0x1e, 0x01, 0x01, 0xff]), "critical name constraints");
    assert!(holds(b"localhost") && holds(&[127, 0, 0, 1, 255, 255, 255, 255]));
    assert!(holds(&[0x30, 0x06, 0x01, 0x01, 0xff, 0x02, 0x01, 0x00]), "an authority, path length 0");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_renewed_before_its_end_and_the_old_one_is_out_of_force() {
    let bench = Bench::openai().await;
    let first = command(&bench, "certificate_make").await;
    for (days, state) in
        [(769, CertificateState::Good), (2, CertificateState::Renew), (30, CertificateState::Expired)]
    {
        bench.clock.advance(days * DAY);
        assert_eq!(command(&bench, "certificate_get").await.state, state);
    }
    let doctor: DoctorReport = call(&bench.console, "doctor", json!({})).await;
    assert!(doctor.items.iter().any(|item| item.check == "certificate" && item.verdict == Verdict::Problem));
    let old = ca_of(&first);
    assert!(over_tls(&bench, &old, "localhost", ORIGIN).await.is_ok());
    let second = command(&bench, "certificate_make").await;
    assert_eq!(second.state, CertificateState::Good);
    assert_ne!((&first.fingerprint, &first.name), (&second.fingerprint, &second.name));
    assert!(over_tls(&bench, &old, "localhost", ORIGIN).await.is_err(), "in force without a restart");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_outlives_a_restart_and_not_its_removal() {
    let bench = Bench::openai().await;
    let made = command(&bench, "certificate_make").await;
    let ca = ca_of(&made);
    let Bench { console, clock, dir, .. } = bench;
    console.close().await;
    drop(console);
    // The first one's tasks let go of the directory a moment later.
    let reopened = async {
        loop {
            if let Ok(console) = open(dir.path().join("data"), Arc::clone(&clock)).await {
                return console;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let console = tokio::time::timeout(Duration::from_secs(10), reopened).await.unwrap();
    let again: CertificateView = call(&console, "certificate_get", json!({})).await;
    assert_eq!(again.fingerprint, made.fingerprint);
    let ProxyStatus::Running { port, .. } = console.proxy_start(ProxyStart { port: Some(0) }).await.unwrap()
    else {
        panic!("the proxy runs")
    };
    assert!(hello(port, &ca).await);
    let gone: CertificateView = call(&console, "certificate_remove", json!({})).await;
    assert_eq!((gone.state, gone.ca_file), (CertificateState::None, None));
    assert!(!hello(port, &ca).await);
    assert!(!dir.path().join("data/https.json").exists());
    assert!(!dir.path().join("data/addon-console-ca.pem").exists());
}

/// Whether a TLS handshake comes about.
async fn hello(port: u16, ca: &[u8]) -> bool {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(ca).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let connector = TlsConnector::from(Arc::new(config.with_root_certificates(roots).with_no_client_auth()));
    let tcp = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    connector.connect(ServerName::try_from("localhost").unwrap(), tcp).await.is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handshake_that_is_none_or_never_ends_is_closed() {
    let bench = Bench::openai().await;
    command(&bench, "certificate_make").await;
    for said in [&b"\x16\x03\x01\xff\xff"[..], &[0x16; 100_000], b"\x16"] {
        let mut stream = TcpStream::connect(("127.0.0.1", bench.port)).await.unwrap();
        let _ = stream.write_all(said).await;
        let mut bytes = Vec::new();
        let read = stream.read_to_end(&mut bytes);
        let _ = tokio::time::timeout(Duration::from_secs(10), read).await.expect("closed");
        assert!(!bytes.starts_with(b"HTTP"));
    }
    assert_eq!(bench.upstream.counts().requests, 0);
}
