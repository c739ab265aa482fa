//! A stop finishes what was accepted, over HTTP as it is spoken.

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use crate::home::Home;
use crate::program::harness::Server;

const BODY: &str = r#"{"code":"atlas","name":"Atlas"}"#;

/// How often the port is tried until it must be closed: half a minute.
const TRIES: u32 = 3_000;

#[tokio::test]
async fn a_request_that_was_accepted_before_the_stop_is_done_and_answered() {
    let home = Home::new();
    let server = Server::start(&home);
    let address = server.address.trim_start_matches("http://").to_owned();
    let mut stream = BufReader::new(TcpStream::connect(&address).await.unwrap());
    let head = format!(
        "POST /v1/products HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nexpect: 100-continue\r\n\r\n",
        BODY.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // It reads the body: so it has accepted the request.
    let mut line = String::new();
    stream.read_line(&mut line).await.unwrap();
    assert_eq!(line, "HTTP/1.1 100 Continue\r\n");

    server.signal("TERM");
    let mut tries = 0;
    while TcpStream::connect(&address).await.is_ok() {
        tries += 1;
        assert!(tries < TRIES, "it still takes connections");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    stream.write_all(BODY.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.contains("HTTP/1.1 200 OK"), "{answer}");
    assert!(answer.contains("\"atlas\""), "{answer}");
    let (status, _) = server.ends();
    assert!(status.success(), "{status}");

    let server = Server::start(&home);
    let products = reqwest::get(server.at("/v1/products")).await.unwrap();
    assert!(
        products.text().await.unwrap().contains("\"atlas\""),
        "it was done"
    );
}
