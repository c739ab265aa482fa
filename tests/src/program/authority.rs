//! Certificates of the tests' own.

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use reqwest::{Certificate, Client};

use crate::home::Home;

/// An authority made for one test, and a client that trusts nobody else.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Its certificate, in PEM.
    pub(crate) certificate: String,
    /// Trusts what it certified.
    pub(crate) client: Client,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap().pem();
        let trusted = Certificate::from_pem(certificate.as_bytes()).unwrap();
        Self {
            issuer: Issuer::new(params, key),
            certificate,
            client: Client::builder().tls_certs_only([trusted]).build().unwrap(),
        }
    }

    /// Writes a certificate of this machine and its key into a home.
    pub(crate) fn certify(&self, home: &Home) {
        let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(names)
            .unwrap()
            .signed_by(&key, &self.issuer)
            .unwrap();
        home.write("tls.crt", certificate.pem());
        home.write("tls.key", key.serialize_pem());
    }
}
