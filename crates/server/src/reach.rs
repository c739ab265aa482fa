//! Who can reach the server, and what has to hold first.
//!
//! A store in which nobody has an account is its owner's alone, and whoever reaches its API is the
//! owner: so it is served on this machine only. Once the owner has an account (`latchkey init`),
//! people sign in; then an address that others reach takes TLS, or the word that a proxy speaks it.

use std::net::SocketAddr;

use crate::told::Told;

/// What is spoken at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transport {
    /// HTTPS.
    Tls,
    /// HTTP, which a proxy was said to make HTTPS of.
    PlainBehindProxy,
    /// HTTP, and nothing was said.
    Plain,
}

/// Whether the metrics may be read there: nobody signs in for them.
pub(crate) fn may_tell_metrics(address: SocketAddr) -> Result<(), Told> {
    if address.ip().is_loopback() {
        return Ok(());
    }
    Err(Told::new(
        "metrics_address_open",
        format!(
            "{address} can be reached from other machines, and metrics are for those who run this one"
        ),
        format!(
            "Use a loopback address, such as --metrics-listen 127.0.0.1:{}, and let Prometheus's \
             agent or a proxy on this machine read it.",
            address.port()
        ),
    ))
}

/// Whether the API may listen there.
pub(crate) fn may_listen(
    address: SocketAddr,
    transport: Transport,
    people_sign_in: bool,
) -> Result<(), Told> {
    if address.ip().is_loopback() {
        return Ok(());
    }
    if !people_sign_in {
        return Err(Told::new(
            "listen_address_open",
            format!(
                "{address} can be reached from other machines, and nobody has an account in this \
                 store: whoever reached it would act as the owner"
            ),
            format!(
                "Make the owner's account with `latchkey init`, or listen on a loopback address, \
                 such as --listen 127.0.0.1:{}.",
                address.port()
            ),
        ));
    }
    if transport == Transport::Plain {
        return Err(Told::new(
            "listen_address_plain",
            format!(
                "{address} can be reached from other machines, and HTTP hides nothing on the way"
            ),
            "Give --tls-certificate and --tls-key; or, if a proxy of yours speaks HTTPS in front, \
             say so with --behind-proxy.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: [&str; 3] = ["127.0.0.1:0", "127.8.9.1:7878", "[::1]:7878"];
    const OPEN: [&str; 4] = [
        "0.0.0.0:7878",
        "192.168.1.2:7878",
        "[::]:7878",
        "[::ffff:127.0.0.1]:1",
    ];
    const TRANSPORTS: [Transport; 3] = [
        Transport::Tls,
        Transport::PlainBehindProxy,
        Transport::Plain,
    ];

    fn passes(address: &str, transport: Transport, people_sign_in: bool) -> bool {
        may_listen(address.parse().unwrap(), transport, people_sign_in).is_ok()
    }

    #[test]
    fn only_this_machine_is_listened_to_until_people_sign_in() {
        for transport in TRANSPORTS {
            for address in HERE {
                assert!(passes(address, transport, false), "{address}");
            }
            for address in OPEN {
                assert!(!passes(address, transport, false), "{address}");
            }
        }
    }

    #[test]
    fn plain_http_beyond_this_machine_has_to_be_chosen() {
        for address in OPEN {
            assert!(passes(address, Transport::Tls, true), "{address}");
            assert!(
                passes(address, Transport::PlainBehindProxy, true),
                "{address}"
            );
            assert!(!passes(address, Transport::Plain, true), "{address}");
        }
        assert!(passes("127.0.0.1:1", Transport::Plain, true));
    }

    #[test]
    fn metrics_are_told_on_this_machine_alone() {
        for address in HERE {
            assert!(
                may_tell_metrics(address.parse().unwrap()).is_ok(),
                "{address}"
            );
        }
        for address in OPEN {
            assert!(
                may_tell_metrics(address.parse().unwrap()).is_err(),
                "{address}"
            );
        }
    }
}
