//! Why a request could not be sent, as a cause. The errors' own texts stay here: they may name addresses.

use std::error::Error;
use std::io::ErrorKind;

use domain::Cause;
use rustls::CertificateError;

use crate::destination::{NoSuchName, RefusedAddress};

/// Sorts a failed send. `proxied` says that a corporate proxy stands between.
pub(super) fn not_sent(error: &reqwest::Error, proxied: bool) -> Cause {
    let unreachable = if proxied { Cause::CorporateProxyFailed } else { Cause::UpstreamUnreachable };
    if holds::<RefusedAddress>(error).is_some() {
        return Cause::DestinationRefused;
    }
    if holds::<NoSuchName>(error).is_some() {
        return if proxied { unreachable } else { Cause::NameUnknown };
    }
    if let Some(tls) = holds::<rustls::Error>(error) {
        return tls_cause(tls);
    }
    if error.is_timeout() {
        return Cause::UpstreamTimeout;
    }
    let refused = holds::<std::io::Error>(error).is_some_and(|io| io.kind() == ErrorKind::ConnectionRefused);
    if refused && !proxied {
        return Cause::ConnectionRefused;
    }
    // The tunnel through a corporate proxy has an error type of its own that is not public.
    if error.is_connect() { unreachable } else { Cause::UpstreamUnreachable }
}

fn tls_cause(error: &rustls::Error) -> Cause {
    match error {
        rustls::Error::InvalidCertificate(certificate) => match certificate {
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => Cause::TlsExpired,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Cause::TlsWrongHost
            }
            // A bad signature: an authority of the same name is trusted, but not this one.
            CertificateError::UnknownIssuer | CertificateError::BadSignature => Cause::TlsUnknownCa,
            _ => Cause::UpstreamTls,
        },
        _ => Cause::UpstreamTls,
    }
}

/// The `E` anywhere behind an error. An I/O error hides what it was made from, so it is asked for it.
pub(super) fn holds<'e, E: Error + 'static>(error: &'e (dyn Error + 'static)) -> Option<&'e E> {
    if let Some(found) = error.downcast_ref::<E>() {
        return Some(found);
    }
    let hidden = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    let hidden = hidden.and_then(|inner| holds::<E>(inner));
    hidden.or_else(|| error.source().and_then(|source| holds::<E>(source)))
}
