//! Whatever anybody sends, the answer is one that the document names, and never a fault of the program.
//!
//! Requests are made up from the OpenAPI document: mostly as it says, sometimes not. What a request is made of is chosen
//! byte by byte from random bytes, so that a failing row of requests is shortened to the few that matter. The client holds
//! every answer against the document.

use std::collections::BTreeSet;

use http::Method;
use latchkey_domain::actor::{Role, Scope};
use latchkey_testkit::{DatabaseKind, TestAnswer, TestClient};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use crate::asked::{Listed, operations};
use crate::world::World;

/// Rows of requests, each in a world of its own.
const ROWS: u32 = 16;

/// Bytes that a row is chosen from: some hundred requests.
const BYTES: usize = 4_000;

/// How deep a made-up value may be.
const DEPTH: usize = 6;

/// Choices, taken from bytes; the first one when they have run out.
struct Choices<'a>(std::slice::Iter<'a, u8>);

impl Choices<'_> {
    fn below(&mut self, count: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or_default()) % count.max(1)
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }

    fn of<'v, T>(&mut self, values: &'v [T]) -> &'v T {
        &values[self.below(values.len())]
    }

    fn is_over(&self) -> bool {
        self.0.len() == 0
    }
}

/// Texts that programs have stumbled over.
const ODD: [&str; 14] = [
    "",
    " ",
    "x",
    "0",
    "-1",
    "null",
    "\u{0}",
    "\u{202e}gnp.exe",
    "ß💥é",
    "'; DROP TABLE license; --",
    "%00%ff",
    "../../etc/passwd",
    "9999-12-31T23:59:59Z",
    "2027-02-29T00:00:00Z",
];

/// Makes requests up from the document.
struct Maker<'d> {
    document: &'d Value,
    /// Ids, keys and names that answers have shown.
    seen: BTreeSet<String>,
}

impl Maker<'_> {
    fn resolved<'v>(&'v self, schema: &'v Value) -> &'v Value {
        match schema["$ref"].as_str() {
            Some(path) => self.document.pointer(path.trim_start_matches('#')).unwrap(),
            None => schema,
        }
    }

    fn text(&self, c: &mut Choices<'_>) -> String {
        match c.below(4) {
            0 | 1 if !self.seen.is_empty() => {
                let (at, more) = (c.below(256), c.below(256));
                let seen: Vec<_> = self.seen.iter().collect();
                seen[(at * 256 + more) % seen.len()].clone()
            }
            2 if c.one_in(8) => "n".repeat(5_000),
            _ => (*c.of(&ODD)).to_owned(),
        }
    }

    fn number(&self, c: &mut Choices<'_>) -> Value {
        let numbers = [
            json!(1),
            json!(0),
            json!(2),
            json!(200),
            json!(-1),
            json!(i64::MAX),
            json!(u64::MAX),
            json!(1.5),
            json!(1e300),
        ];
        c.of(&numbers).clone()
    }

    /// A value as the schema says, or sometimes not.
    fn value(&self, schema: &Value, c: &mut Choices<'_>, depth: usize) -> Value {
        let schema = self.resolved(schema);
        if depth == 0 || c.one_in(24) {
            let anything = [json!(null), json!([]), json!({}), json!(true), json!("x")];
            return c.of(&anything).clone();
        }
        for name in ["oneOf", "anyOf", "allOf"] {
            if let Some(options) = schema[name].as_array() {
                return self.value(c.of(options), c, depth - 1);
            }
        }
        if let Some(known) = schema["enum"].as_array() {
            return c.of(known).clone();
        }
        let kinds = match &schema["type"] {
            Value::Array(kinds) => kinds.clone(),
            one => vec![one.clone()],
        };
        match c.of(&kinds).as_str() {
            Some("object") => self.object(schema, c, depth),
            Some("array") => (0..c.below(4))
                .map(|_| self.value(&schema["items"], c, depth - 1))
                .collect(),
            Some("integer" | "number") => self.number(c),
            Some("boolean") => json!(c.one_in(2)),
            Some("null") => Value::Null,
            _ => json!(self.text(c)),
        }
    }

    fn object(&self, schema: &Value, c: &mut Choices<'_>, depth: usize) -> Value {
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let mut object = Map::new();
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            let left_out = if required.contains(&json!(name)) {
                c.one_in(16)
            } else {
                c.one_in(2)
            };
            if !left_out {
                object.insert(name.clone(), self.value(field, c, depth - 1));
            }
        }
        if c.one_in(24) {
            object.insert("surprise".into(), json!(1));
        }
        Value::Object(object)
    }

    fn path(&self, operation: &Listed, c: &mut Choices<'_>) -> String {
        let parts = operation.path.split('/').map(|part| {
            if part.starts_with('{') {
                encoded(&self.text(c))
            } else {
                part.to_owned()
            }
        });
        let path = parts.collect::<Vec<_>>().join("/");
        let parameters = operation.described["parameters"].as_array();
        let mut query = Vec::new();
        for parameter in parameters.into_iter().flatten() {
            if parameter["in"] == "query" && c.one_in(3) {
                let value = match self.value(&parameter["schema"], c, 2) {
                    Value::String(text) => text,
                    other => other.to_string(),
                };
                let name = parameter["name"].as_str().unwrap();
                query.push(format!("{name}={}", encoded(&value)));
            }
        }
        if query.is_empty() {
            path
        } else {
            format!("{path}?{}", query.join("&"))
        }
    }

    async fn send(
        &self,
        operation: &Listed,
        client: &TestClient,
        c: &mut Choices<'_>,
    ) -> TestAnswer {
        let path = self.path(operation, c);
        let content = &operation.described["requestBody"]["content"];
        let (media_type, body) = if operation.takes_json() {
            let schema = &content["application/json"]["schema"];
            ("application/json", self.value(schema, c, DEPTH).to_string())
        } else if let Some((media_type, _)) = content.as_object().and_then(|all| all.iter().next())
        {
            let lines = (0..c.below(4)).map(|_| format!("{},{}\n", self.text(c), self.text(c)));
            (&**media_type, lines.collect())
        } else if operation.method == Method::GET {
            ("", String::new())
        } else {
            ("application/json", "{}".to_owned())
        };
        let key = ["", "again", "\u{7f}", "once more"][c.below(4)];
        let mut headers = Vec::new();
        if !media_type.is_empty() {
            headers.push(("content-type", media_type));
        }
        if !key.is_empty() && key.is_ascii() && !key.contains('\u{7f}') {
            headers.push(("idempotency-key", key));
        }
        let method = operation.method.clone();
        client.send(method, &path, &headers, body.into()).await
    }

    /// Keeps what an answer shows, to ask about it.
    fn learn(&mut self, value: &Value) {
        match value {
            Value::String(text) if text.len() < 80 && self.seen.len() < 4_000 => {
                self.seen.insert(text.clone());
            }
            Value::Array(items) => items.iter().take(8).for_each(|item| self.learn(item)),
            Value::Object(fields) => fields.values().for_each(|field| self.learn(field)),
            _ => {}
        }
    }
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"_-".contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    let text: String = text.bytes().map(byte).collect();
    // A part of a path that is empty would be another path.
    if text.is_empty() { "%20".into() } else { text }
}

/// Sends the requests that these bytes choose; answers how many were done.
async fn row(bytes: &[u8], kind: DatabaseKind) -> usize {
    let world = World::make_on(kind).await;
    let mut token = world.app.actor(Role::Token);
    token.reach.scopes = vec![Scope::Manage, Scope::Read];
    let clients = [
        world.client.clone(),
        world.app.client_of(token),
        world.app.client_of(world.app.actor(Role::Auditor)),
    ];
    let document = world.client.document().clone();
    let all = operations(&world.client);
    let mut maker = Maker {
        document: &document,
        seen: BTreeSet::from([world.invitation.clone(), world.license_key.clone()]),
    };
    // What there is: ids to ask about.
    for list in all
        .iter()
        .filter(|operation| operation.id.starts_with("list_"))
    {
        if !list.path.contains('{') {
            maker.learn(&world.client.get(&list.path).await.json());
        }
    }
    let mut c = Choices(bytes.iter());
    let mut done = 0;
    while !c.is_over() {
        let operation = &all[c.below(256) % all.len()];
        let client = &clients[if c.one_in(4) { 1 + c.below(2) } else { 0 }];
        let answer = maker.send(operation, client, &mut c).await;
        let status = answer.status.as_u16();
        assert!(status < 500, "{}: {}", operation.id, answer.text());
        if answer.status.is_success() {
            done += 1;
            if let Ok(value) = serde_json::from_slice(&answer.bytes) {
                maker.learn(&value);
            }
        }
    }
    world.close().await;
    done
}

fn anything_on(kind: DatabaseKind, rows: u32) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let config = Config {
        cases: rows,
        failure_persistence: None,
        max_shrink_iters: 12,
        ..Config::default()
    };
    let done = std::cell::Cell::new(0);
    // What failed once fails again, and can be looked at.
    let same_each_time = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let bytes = proptest::collection::vec(any::<u8>(), BYTES);
    let outcome = TestRunner::new_with_rng(config, same_each_time).run(&bytes, |bytes| {
        let run = std::panic::AssertUnwindSafe(|| runtime.block_on(row(&bytes, kind)));
        match std::panic::catch_unwind(run) {
            Ok(count) => {
                done.set(done.get() + count);
                Ok(())
            }
            Err(panic) => {
                let said = panic.downcast_ref::<String>().cloned().unwrap_or_default();
                Err(TestCaseError::fail(said))
            }
        }
    });
    match outcome {
        Ok(()) => {}
        // The bytes say nothing to a person.
        Err(TestError::Fail(why, bytes)) => panic!("{why}, after {} bytes", bytes.len()),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
    assert!(
        done.get() > rows as usize * 10,
        "{} requests were done: most are refused for their form, and try nothing",
        done.get()
    );
}

#[test]
fn whatever_is_sent_the_answer_is_one_of_the_document_on_sqlite() {
    anything_on(DatabaseKind::Sqlite, ROWS);
}

#[test]
fn whatever_is_sent_the_answer_is_one_of_the_document_on_postgres() {
    anything_on(DatabaseKind::Postgres, ROWS / 2);
}
