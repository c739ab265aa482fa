//! HTTPS: who trusts the certificate is served, who speaks plainly is told, and a new certificate is
//! taken without a stop.

use std::time::Duration;

use reqwest::{Client, StatusCode, Version};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::home::Home;
use crate::program::authority::Authority;
use crate::program::harness::{Server, run};

/// How often a new certificate is looked for: half a minute.
const TRIES: u32 = 300;

fn serve(home: &Home) -> Server {
    let server = Server::start_with(
        home,
        &["--tls-certificate", "tls.crt", "--tls-key", "tls.key"],
    );
    assert!(
        server.address.starts_with("https://127.0.0.1:"),
        "{}",
        server.address
    );
    server
}

// The client has to hear of the stop while the test waits for the server's end.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_trusts_the_certificate_is_served_over_http_2() {
    let (home, authority) = (Home::new(), Authority::new());
    authority.certify(&home);
    let server = serve(&home);
    let me = authority
        .client
        .get(server.at("/v1/me"))
        .send()
        .await
        .unwrap();
    assert_eq!(
        (me.status(), me.version()),
        (StatusCode::OK, Version::HTTP_2)
    );
    // What comes from our own page over HTTPS is our own.
    let body = r#"{"code":"atlas","name":"Atlas"}"#;
    let ours = authority.client.post(server.at("/v1/products"));
    let ours = ours
        .header("content-type", "application/json")
        .header("origin", &server.address);
    assert_eq!(ours.body(body).send().await.unwrap().status(), 200);
    let foreign = authority
        .client
        .post(server.at("/v1/products"))
        .header("origin", "https://evil.example");
    assert_eq!(foreign.send().await.unwrap().status(), 403);

    assert!(
        reqwest::get(server.at("/v1/me")).await.is_err(),
        "a stranger's certificate is not trusted"
    );
    server.signal("TERM");
    let (status, _) = server.ends();
    assert!(status.success(), "{status}");
}

#[tokio::test]
async fn http_1_is_spoken_with_who_speaks_nothing_newer() {
    let (home, authority) = (Home::new(), Authority::new());
    authority.certify(&home);
    let server = serve(&home);
    let page = authority
        .client
        .get(server.at("/"))
        .version(Version::HTTP_11);
    assert_eq!(page.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_plain_request_to_the_tls_port_is_told_and_harms_nobody() {
    let (home, authority) = (Home::new(), Authority::new());
    authority.certify(&home);
    let server = serve(&home);
    let plain = server.address.replace("https://", "http://");
    let body = vec![b' '; 40_000];
    let answer = Client::new()
        .post(format!("{plain}/v1/products"))
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 400);
    assert!(answer.text().await.unwrap().contains("https://"));
    // Neither TLS nor HTTP.
    let mut stream = TcpStream::connect(plain.trim_start_matches("http://"))
        .await
        .unwrap();
    stream
        .write_all(&[22, 3, 1, 0, 5, 1, 2, 3, 4, 5])
        .await
        .unwrap();
    let mut got = Vec::new();
    let _ = stream.read_to_end(&mut got).await;
    assert!(!got.starts_with(b"HTTP"), "{got:?}");
    let me = authority
        .client
        .get(server.at("/v1/me"))
        .send()
        .await
        .unwrap();
    assert_eq!(me.status(), 200);
}

#[tokio::test]
async fn a_new_certificate_is_taken_without_a_stop_and_a_broken_one_is_not() {
    let (home, first, second) = (Home::new(), Authority::new(), Authority::new());
    first.certify(&home);
    let server = serve(&home);
    assert!(
        second
            .client
            .get(server.at("/healthz"))
            .send()
            .await
            .is_err()
    );

    let old = std::fs::read(home.path("tls.crt")).unwrap();
    second.certify(&home);
    let new = std::fs::read(home.path("tls.crt")).unwrap();
    // The first one's certificate with the second one's key.
    home.write("tls.crt", old);
    server.signal("HUP");
    let still = first
        .client
        .get(server.at("/healthz"))
        .send()
        .await
        .unwrap();
    assert_eq!(still.status(), 200, "the old one stays");
    home.write("tls.crt", new);

    let mut tries = 0;
    while second
        .client
        .get(server.at("/healthz"))
        .send()
        .await
        .is_err()
    {
        tries += 1;
        assert!(tries < TRIES, "the new certificate is not used");
        server.signal("HUP");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[test]
fn what_is_wrong_with_the_files_is_told() {
    let (home, authority, other) = (Home::new(), Authority::new(), Authority::new());
    other.certify(&home);
    let foreign = std::fs::read(home.path("tls.key")).unwrap();
    home.write("foreign.key", foreign);
    authority.certify(&home);
    home.write("empty", "");
    for (certificate, key, code) in [
        ("nowhere", "tls.key", "tls_files_unusable"),
        ("empty", "tls.key", "tls_files_unusable"),
        ("tls.crt", "empty", "tls_files_unusable"),
        ("tls.crt", "foreign.key", "tls_files_unusable"),
        ("tls.crt", "", "tls_incomplete"),
        ("", "tls.key", "tls_incomplete"),
    ] {
        let mut words = vec!["serve", "--listen", "127.0.0.1:0"];
        for (flag, file) in [("--tls-certificate", certificate), ("--tls-key", key)] {
            if !file.is_empty() {
                words.extend([flag, file]);
            }
        }
        let said = run(&home, &words).exits(2);
        assert!(
            said.err.contains(&format!("[{code}]")),
            "{certificate} {key}: {}",
            said.err
        );
        assert!(said.err.contains("what to do: Give"), "{}", said.err);
        assert!(!said.err.contains("PRIVATE KEY"), "{}", said.err);
    }
    assert!(!home.store().exists(), "nothing was opened");
}
