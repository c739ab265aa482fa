//! TLS from PEM files: the certificate, its key, and what is told to a client that speaks plainly.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use latchkey_api::Handshake;
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::arguments::WebArguments;
use crate::told::Told;

/// HTTP/2 where the client speaks it.
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// The first byte of a TLS connection. No HTTP request begins with it.
const HANDSHAKE: u8 = 22;

/// What a client gets that speaks HTTP here.
const NOT_PLAIN: &[u8] = b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\n\
    content-length: 61\r\nconnection: close\r\n\r\n\
    This port speaks HTTPS. Begin the address with https:// here.";

/// How much of a plain request is read for the sake of that answer.
const PASSED_OVER_BYTES_MAX: u64 = 64 * 1024;

/// The files, and what was last read from them.
pub(crate) struct Tls {
    files: Files,
    current: watch::Sender<Arc<ServerConfig>>,
}

/// Two PEM files.
struct Files {
    certificate: PathBuf,
    key: PathBuf,
}

impl Tls {
    /// Reads the files, if any were given.
    pub(crate) fn configured(web: &WebArguments) -> Result<Option<Self>, Told> {
        let files = match (&web.tls_certificate, &web.tls_key) {
            (None, None) => return Ok(None),
            (Some(certificate), Some(key)) => Files {
                certificate: certificate.clone(),
                key: key.clone(),
            },
            (given, _) => {
                let missing = if given.is_some() {
                    "--tls-key"
                } else {
                    "--tls-certificate"
                };
                return Err(Told::new(
                    "tls_incomplete",
                    format!("TLS takes a certificate and its key, and {missing} is missing"),
                    format!("Give {missing} FILE as well, or neither."),
                ));
            }
        };
        let current = watch::Sender::new(files.read()?);
        Ok(Some(Self { files, current }))
    }

    /// Reads the files again. What cannot be used changes nothing.
    pub(crate) fn reload(&self) -> Result<(), Told> {
        self.current.send_replace(self.files.read()?);
        Ok(())
    }

    /// Does the handshakes, each with the certificate of its time.
    pub(crate) fn handshake(&self) -> TlsHandshake {
        TlsHandshake(self.current.subscribe())
    }
}

impl Files {
    fn read(&self) -> Result<Arc<ServerConfig>, Told> {
        let chain = CertificateDer::pem_file_iter(&self.certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| self.unusable(&self.certificate, &error))?;
        if chain.is_empty() {
            return Err(self.unusable(&self.certificate, &"there is no certificate in it"));
        }
        let key = PrivateKeyDer::from_pem_file(&self.key)
            .map_err(|error| self.unusable(&self.key, &error))?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .map_err(|error| self.unusable(&self.certificate, &error))?;
        config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
        Ok(Arc::new(config))
    }

    fn unusable(&self, path: &std::path::Path, why: &dyn std::fmt::Display) -> Told {
        Told::new(
            "tls_files_unusable",
            format!("{} cannot be used for TLS: {why}", path.display()),
            format!(
                "Give PEM files that belong together and that this user may read: the \
                 certificate with those between it and its authority ({}), and its key ({}).",
                self.certificate.display(),
                self.key.display()
            ),
        )
    }
}

/// Makes a TLS stream of a connection.
#[derive(Clone)]
pub(crate) struct TlsHandshake(watch::Receiver<Arc<ServerConfig>>);

impl Handshake for TlsHandshake {
    type Io = TlsStream<TcpStream>;

    async fn shake(&self, mut stream: TcpStream) -> io::Result<Self::Io> {
        let mut first = [0];
        if stream.peek(&mut first).await? == 1 && first != [HANDSHAKE] {
            refuse(&mut stream).await?;
            return Err(io::Error::other("the client spoke no TLS"));
        }
        let config = Arc::clone(&self.0.borrow());
        TlsAcceptor::from(config).accept(stream).await
    }
}

/// Answers, and reads what the client still sends: it would not see the answer otherwise.
async fn refuse(stream: &mut TcpStream) -> io::Result<()> {
    stream.write_all(NOT_PLAIN).await?;
    stream.shutdown().await?;
    let mut rest = stream.take(PASSED_OVER_BYTES_MAX);
    tokio::io::copy(&mut rest, &mut tokio::io::sink()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_to_a_plain_request_says_its_length() {
        let text = std::str::from_utf8(NOT_PLAIN).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(
            head.contains(&format!("content-length: {}", body.len())),
            "{}",
            body.len()
        );
    }
}
