//! The OpenAPI document says everything a client must know, and says it the same way everywhere.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::asked::listed;

fn document() -> Value {
    serde_json::to_value(latchkey_api::openapi()).unwrap()
}

fn schemas(document: &Value) -> &Map<String, Value> {
    document["components"]["schemas"].as_object().unwrap()
}

#[test]
fn the_committed_document_is_what_the_program_gives() {
    let committed: Value = serde_json::from_str(include_str!("../../openapi.json")).unwrap();
    assert!(
        committed == document(),
        "crates/api/openapi.json is not up to date: run `cargo xtask codegen`"
    );
}

#[test]
fn every_operation_says_what_it_does_and_how_it_answers() {
    let document = document();
    let mut ids = BTreeSet::new();
    for operation in listed(&document) {
        let (id, described) = (&operation.id, &operation.described);
        assert!(ids.insert(id.clone()), "{id} stands twice");
        assert!(
            id.chars().all(|c| c.is_ascii_lowercase() || c == '_'),
            "{id} is in snake case"
        );
        assert!(
            described["summary"]
                .as_str()
                .is_some_and(|text| text.ends_with('.')),
            "{id} has a summary"
        );
        assert_eq!(
            described["tags"].as_array().map(Vec::len),
            Some(1),
            "{id} has one tag"
        );
        assert!(
            described["responses"]["200"]["content"].is_object(),
            "{id} has an answer"
        );
        for code in ["not_permitted", "not_signed_in", "internal"] {
            assert!(
                described["x-problems"]
                    .as_array()
                    .unwrap()
                    .contains(&code.into()),
                "{id} can answer {code}"
            );
        }
        for parameter in described["parameters"].as_array().into_iter().flatten() {
            let named = parameter.get("$ref").is_some() || parameter["description"].is_string();
            assert!(named, "{id} describes {parameter}");
        }
    }
}

#[test]
fn every_type_and_every_field_is_described() {
    for (name, schema) in schemas(&document()) {
        assert!(
            schema["description"].is_string(),
            "{name} has a description"
        );
        for (owner, properties) in objects(name, schema) {
            for (field, described) in properties["properties"].as_object().into_iter().flatten() {
                let said = described["description"].is_string()
                    || described.pointer("/oneOf/0/description").is_some()
                    || described["enum"].is_array();
                assert!(said, "{owner}.{field} has a description");
            }
        }
    }
}

#[test]
fn a_field_is_never_missing_from_an_answer() {
    let document = document();
    for name in reachable(&document, "responses") {
        for (owner, object) in objects(&name, &schemas(&document)[&name]) {
            let required = object["required"].as_array().cloned().unwrap_or_default();
            for field in object["properties"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(field, _)| field)
            {
                let always = required.contains(&Value::from(field.as_str()));
                // What stands in requests too may have fields that can be left out there.
                let optional = reachable(&document, "requestBody").contains(&name);
                assert!(always || optional, "{owner}.{field}: null it, but send it");
            }
        }
    }
}

#[test]
fn unknown_fields_are_refused_in_every_body() {
    let document = document();
    for name in reachable(&document, "requestBody") {
        let schema = &schemas(&document)[&name];
        if schema["type"] == "object" {
            assert_eq!(schema["additionalProperties"], false, "{name}");
        }
    }
}

#[test]
fn every_name_that_is_referred_to_is_there() {
    let document = document();
    let mut names = BTreeSet::new();
    references(&document, &mut names);
    for name in names {
        let pointer = name.trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{name} is missing");
    }
}

/// The objects in a schema: itself, or each of its choices.
fn objects<'a>(name: &str, schema: &'a Value) -> Vec<(String, &'a Value)> {
    match schema["oneOf"].as_array() {
        Some(choices) => choices
            .iter()
            .map(|choice| (name.to_owned(), choice))
            .collect(),
        None => vec![(name.to_owned(), schema)],
    }
}

/// The names of all types that stand in this part of any operation, directly or within another.
fn reachable(document: &Value, part: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for operation in listed(document) {
        references(&operation.described[part], &mut found);
    }
    let mut waiting: Vec<String> = found.iter().cloned().collect();
    while let Some(name) = waiting.pop() {
        let mut more = BTreeSet::new();
        references(
            document.pointer(name.trim_start_matches('#')).unwrap(),
            &mut more,
        );
        waiting.extend(more.into_iter().filter(|name| found.insert(name.clone())));
    }
    let types = found
        .iter()
        .filter_map(|name| name.strip_prefix("#/components/schemas/"));
    types.map(str::to_owned).collect()
}

fn references(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(name) = fields.get("$ref").and_then(Value::as_str) {
                into.insert(name.to_owned());
            }
            fields.values().for_each(|value| references(value, into));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, into)),
        _ => {}
    }
}
