//! The destination guard: which addresses the proxy may call, judged on the address a name *resolved* to.
//!
//! A developer types the base URL; this stops a name that resolves, or later re-resolves, to a place no provider is:
//! link-local and cloud metadata addresses, and this machine itself unless the URL says so in words.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// The name resolved to an address the proxy must not call.
#[derive(Debug, thiserror::Error)]
#[error("the address is not one the proxy may call")]
pub(crate) struct RefusedAddress;

/// The name is not known to anybody who was asked.
#[derive(Debug, thiserror::Error)]
#[error("the name is not known")]
pub(crate) struct NoSuchName;

/// Whether a URL with a literal address may be called; names are judged by [`Guard`] once resolved.
pub(crate) fn may_call(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => acceptable(IpAddr::V4(ip), true),
        Some(Host::Ipv6(ip)) => acceptable(IpAddr::V6(ip), true),
        Some(Host::Domain(_)) => true,
        None => false,
    }
}

fn acceptable(ip: IpAddr, loopback_meant: bool) -> bool {
    let ip = ip.to_canonical();
    let metadata_v6 = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);
    let never = match ip {
        IpAddr::V4(v4) => v4.octets()[0] == 0 || v4.is_link_local() || v4.is_multicast() || v4.is_broadcast(),
        IpAddr::V6(v6) => {
            v6.is_unspecified() || v6.is_unicast_link_local() || v6.is_multicast() || v6 == metadata_v6
        }
    };
    !never && (loopback_meant || !ip.is_loopback())
}

/// Whether an address is on the public internet, as far as its number tells.
pub(crate) fn is_public(ip: IpAddr) -> bool {
    acceptable(ip, false)
        && match ip.to_canonical() {
            IpAddr::V4(v4) => {
                let shared = v4.octets()[0] == 100 && (64..128).contains(&v4.octets()[1]);
                !v4.is_private() && !shared && !v4.is_documentation()
            }
            IpAddr::V6(v6) => !v6.is_unique_local(),
        }
}

/// Resolves names with the operating system and drops the addresses that must not be called.
#[derive(Clone, Copy)]
pub(crate) enum Guard {
    /// For providers' servers: a developer named them, so a private network is fine.
    Providers,
    /// For addresses that came with a request: public ones only.
    Public,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = *self;
        Box::pin(async move {
            let loopback_meant = name.as_str().trim_end_matches('.').eq_ignore_ascii_case("localhost");
            let found = tokio::net::lookup_host((name.as_str(), 0)).await.map_err(|_| NoSuchName)?;
            let good: Vec<SocketAddr> = found
                .filter(|address| match guard {
                    Self::Providers => acceptable(address.ip(), loopback_meant),
                    Self::Public => is_public(address.ip()),
                })
                .collect();
            if good.is_empty() {
                return Err(RefusedAddress.into());
            }
            Ok(Box::new(good.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_no_provider_lives_at_are_refused() {
        for literal in [
            "http://169.254.169.254/",
            "http://0.0.0.0/",
            "http://[fe80::1]/",
            "http://224.0.0.1/",
            "http://[fd00:ec2::254]/",
            "http://[::ffff:169.254.169.254]/",
            "http://2852039166/",
            "http://[::]/",
        ] {
            assert!(!may_call(&Url::parse(literal).unwrap()), "{literal}");
        }
        for literal in ["http://127.0.0.1:1/", "http://[::1]:1/", "https://10.0.0.5/", "https://api.example/"]
        {
            assert!(may_call(&Url::parse(literal).unwrap()), "{literal}");
        }
    }

    #[test]
    fn only_public_addresses_are_public() {
        for inside in [
            "10.0.0.1",
            "192.168.1.1",
            "172.16.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.1.1",
            "::1",
            "fd00::1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        assert!(is_public("8.8.8.8".parse().unwrap()));
        assert!(is_public("2606:4700::1111".parse().unwrap()));
    }

    #[test]
    fn a_name_may_not_resolve_to_this_machine_unless_it_says_so() {
        let loopback = IpAddr::from([127, 0, 0, 1]);
        assert!(acceptable(loopback, true));
        assert!(!acceptable(loopback, false));
    }
}
