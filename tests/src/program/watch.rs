//! What those who watch a server see: its log, and its metrics. Neither shows a license key, an id
//! or what was searched for.

use std::fs::File;

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::home::Home;
use crate::program::harness::{Server, command};

/// What was made, and must be seen nowhere.
struct Secrets {
    key: String,
    license: String,
}

const SEARCHED: &str = "Ruhestein";

async fn made(client: &Client, server: &Server, path: &str, body: Value) -> Value {
    let answer = client
        .post(server.at(path))
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    answer.json().await.unwrap()
}

/// Makes a license and asks about it in all the ways a key can travel.
async fn work(client: &Client, server: &Server) -> Secrets {
    let id = |made: &Value| made["item"]["id"].as_str().unwrap().to_owned();
    let product = made(
        client,
        server,
        "/v1/products",
        json!({"code": "a", "name": "A"}),
    )
    .await;
    let rules = json!({"term": {"kind": "perpetual"}, "seats_max": 2, "node_locked": true,
        "feature_ids": [], "license_file_days": 30});
    let policy = json!({"product_id": id(&product), "name": "Pro", "rules": rules});
    let policy = made(client, server, "/v1/policies", policy).await;
    let customer = made(client, server, "/v1/customers", json!({"name": SEARCHED})).await;
    let license = json!({"policy_id": id(&policy), "customer_id": id(&customer)});
    let license = made(client, server, "/v1/licenses", license).await;
    let secrets = Secrets {
        key: license["item"]["key"].as_str().unwrap().to_owned(),
        license: id(&license),
    };
    let machine =
        json!({"license_id": secrets.license, "machine_code": "M-1", "friendly_name": SEARCHED});
    made(client, server, "/v1/activations", machine).await;
    for path in [
        format!("/v1/licenses?key={}", secrets.key),
        format!("/v1/licenses/{}", secrets.license),
        format!("/v1/search?q={SEARCHED}"),
        format!("/v1/search?q={}", secrets.key),
    ] {
        assert_eq!(
            client.get(server.at(&path)).send().await.unwrap().status(),
            200,
            "{path}"
        );
    }
    let wrong = [
        format!("/v1/licenses/{}/nothing", secrets.key),
        format!("/v1/licenses/{}", secrets.key),
        format!("/admin/{}", secrets.key),
    ];
    for path in wrong {
        client.get(server.at(&path)).send().await.unwrap();
    }
    secrets
}

impl Secrets {
    fn are_not_in(&self, text: &str, what: &str) {
        let bare = self.key.replace('-', "");
        for secret in [&self.key, &bare, &self.license, SEARCHED] {
            let line = text.lines().find(|line| line.contains(secret));
            assert_eq!(line, None, "{what} shows {secret}");
        }
    }
}

#[tokio::test]
async fn the_log_has_a_line_for_each_request_and_no_key() {
    let home = Home::new();
    let log = home.path("log");
    let words = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--log",
        "trace",
        "--log-format",
        "json",
    ];
    let mut serve = command(&home, &words);
    let server = Server::start_as(serve.stderr(File::create(&log).unwrap()));
    let client = Client::new();
    let secrets = work(&client, &server).await;
    let answer = client
        .get(server.at(&format!("/v1/licenses/{}", secrets.license)))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    let id = answer.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    let given = client
        .get(server.at("/healthz"))
        .header("x-request-id", "mine")
        .send()
        .await
        .unwrap();
    assert_ne!(
        given.headers()["x-request-id"],
        "mine",
        "without a proxy, anybody could write it"
    );
    server.signal("TERM");
    let (status, _) = server.ends();
    assert!(status.success(), "{status}");

    let text = std::fs::read_to_string(log).unwrap();
    secrets.are_not_in(&text, "the log");
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    let of_it = |line: &&Value| line["message"] == "answered" && line["request_id"] == id.as_str();
    let of_it: Vec<&Value> = lines.iter().filter(of_it).collect();
    assert_eq!(of_it.len(), 1, "{text}");
    let line = of_it[0];
    assert_eq!(line["level"], "INFO");
    assert_eq!(line["method"], "GET");
    assert_eq!(line["route"], "/v1/licenses/{id}");
    assert_eq!(line["status"], 200);
    assert!(line["duration_ms"].as_f64().unwrap() > 0.0, "{line}");
}

#[tokio::test]
async fn the_log_for_people_names_the_request_and_is_quiet_without_being_asked() {
    for (flags, expected) in [
        (&["--log", "info", "--behind-proxy"][..], true),
        (&[], false),
    ] {
        let home = Home::new();
        let log = home.path("log");
        let words = [&["serve", "--listen", "127.0.0.1:0"], flags].concat();
        let server = Server::start_as(command(&home, &words).stderr(File::create(&log).unwrap()));
        let asked = Client::new()
            .get(server.at("/v1/products"))
            .header("x-request-id", "proxy-17");
        let answer = asked.send().await.unwrap();
        assert_eq!(answer.headers()["x-request-id"] == "proxy-17", expected);
        drop(server);
        let text = std::fs::read_to_string(log).unwrap();
        assert_eq!(text.contains("proxy-17"), expected, "{text}");
        assert_eq!(text.contains("/v1/products"), expected, "{text}");
        assert!(
            !text.contains('\u{1b}'),
            "colours are for terminals: {text}"
        );
    }
}

#[tokio::test]
async fn metrics_count_by_route_and_name_nobody() {
    let home = Home::new();
    let mut server = Server::start_with(&home, &["--metrics-listen", "127.0.0.1:0"]);
    let line = server.line();
    let address = line
        .strip_prefix("metrics on ")
        .unwrap_or_else(|| panic!("{line:?}"));
    let client = Client::new();
    let secrets = work(&client, &server).await;
    for _ in 0..3 {
        client.get(server.at("/v1/overview")).send().await.unwrap();
    }
    let brewed = client.request(
        Method::from_bytes(b"BREW").unwrap(),
        server.at("/v1/overview"),
    );
    assert_eq!(brewed.send().await.unwrap().status(), 405);

    let page = client.get(address).send().await.unwrap();
    let kind = page.headers()["content-type"].to_str().unwrap().to_owned();
    assert!(kind.starts_with("text/plain; version=0.0.4"), "{kind}");
    let text = page.text().await.unwrap();
    secrets.are_not_in(&text, "the page");
    let value = |series: &str| {
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("{series} is not in\n{text}"))
            .parse::<f64>()
            .unwrap()
    };
    let requests = "latchkey_http_requests_total";
    let overview = r#"route="/v1/overview""#;
    assert_eq!(
        value(&format!(
            r#"{requests}{{method="GET",{overview},status="2xx"}}"#
        )),
        3.0
    );
    assert_eq!(
        value(&format!(
            r#"{requests}{{method="other",{overview},status="4xx"}}"#
        )),
        1.0
    );
    assert_eq!(
        value(&format!(
            r#"{requests}{{method="GET",route="page",status="2xx"}}"#
        )),
        1.0
    );
    let durations = "latchkey_http_request_duration_seconds";
    assert_eq!(
        value(&format!(r#"{durations}_count{{method="GET",{overview}}}"#)),
        3.0
    );
    assert_eq!(
        value(&format!(
            r#"{durations}_bucket{{method="GET",{overview},le="+Inf"}}"#
        )),
        3.0
    );
    assert_eq!(value("latchkey_http_requests_in_flight"), 0.0);
    assert!(value("process_resident_memory_bytes") > 1_000_000.0);
    assert!(text.contains("latchkey_build_info{version="), "{text}");

    let rebound = client.get(address).header("host", "evil.example");
    assert_eq!(rebound.send().await.unwrap().status(), 403);
    let elsewhere = client.get(server.at("/metrics")).send().await.unwrap();
    assert!(
        !elsewhere.text().await.unwrap().contains(requests),
        "the API's port tells nothing"
    );
}

#[tokio::test]
async fn the_reference_is_served_under_the_same_policy_as_the_page() {
    let home = Home::new();
    let server = Server::start(&home);
    for (path, kind, shown) in [
        (
            "/reference",
            "text/html; charset=utf-8",
            "Issues a license.",
        ),
        (
            "/reference/style.css",
            "text/css; charset=utf-8",
            "color-scheme",
        ),
    ] {
        let answer = reqwest::get(server.at(path)).await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(answer.headers()["content-type"], kind);
        let policy = answer.headers()["content-security-policy"]
            .to_str()
            .unwrap();
        assert!(
            policy.contains("style-src 'self'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert!(answer.text().await.unwrap().contains(shown), "{path}");
    }
}

#[test]
fn metrics_beyond_this_machine_are_refused() {
    let home = Home::new();
    let words = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--metrics-listen",
        "0.0.0.0:0",
    ];
    let said = crate::program::harness::run(&home, &words).exits(2);
    assert!(said.err.contains("[metrics_address_open]"), "{}", said.err);
    assert!(!home.store().exists(), "nothing was opened");
}
