//! Which network addresses messages may go to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Which addresses a program sends to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// Those that anybody on the internet may reach.
    Public,
    /// Private networks and this computer as well.
    Private,
}

impl Allowed {
    /// Whether messages may go to this address.
    #[must_use]
    pub fn allows(self, address: IpAddr) -> bool {
        is_public(address) || (self == Self::Private && is_private(address))
    }
}

/// Whether an address is one that anybody on the internet may reach.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match inner(address) {
            Some(inner) => is_public_v4(inner),
            // Global unicast, without what is for documents, benchmarks and tunnels.
            None => {
                let [first, second, ..] = address.segments();
                first & 0xe000 == 0x2000
                    && !(first == 0x2001 && second < 0x0200)
                    && !(first == 0x2001 && second == 0x0db8)
                    && first != 0x2002
                    && first != 0x3fff
            }
        },
    }
}

/// Whether an address is of a private network, or of this computer. Those of one wire alone are neither: there are the
/// services that tell a machine in a cloud its secrets.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(inner) => is_private_v4(inner),
            None => address.is_loopback() || address.is_unique_local(),
        },
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    address.is_loopback() || address.is_private()
}

/// The IPv4 address that one of IPv6 stands for: mapped, or behind a translator (RFC 6052).
fn inner(address: Ipv6Addr) -> Option<Ipv4Addr> {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return Some(mapped);
    }
    match address.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)))
        }
        _ => None,
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let shared = first == 100 && (64..128).contains(&second);
    let protocol = first == 192 && second == 0 && third == 0;
    let benchmark = first == 198 && (18..20).contains(&second);
    let relay = first == 192 && second == 88 && third == 99;
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || first == 0
        || first >= 240
        || shared
        || protocol
        || benchmark
        || relay)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &str) -> (bool, bool) {
        let address: IpAddr = text.parse().unwrap();
        (
            Allowed::Public.allows(address),
            Allowed::Private.allows(address),
        )
    }

    #[test]
    fn what_only_some_can_reach_is_not_public() {
        for public in [
            "1.1.1.1",
            "93.184.215.14",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
        ] {
            assert_eq!(judged(public), (true, true), "{public}");
        }
        for private in [
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "127.0.0.1",
            "127.1.2.3",
            "::1",
            "fd00::1",
            "::ffff:10.0.0.1",
        ] {
            assert_eq!(judged(private), (false, true), "{private}");
        }
        for never in [
            "0.0.0.0",
            "100.64.0.1",
            "169.254.169.254",
            "::ffff:169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "64:ff9b::7f00:1",
        ] {
            assert_eq!(judged(never), (false, false), "{never}");
        }
        assert_eq!(judged("172.32.0.1"), (true, true));
        assert_eq!(judged("100.128.0.1"), (true, true));
    }
}
