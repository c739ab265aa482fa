//! Types: what a value is, in a few words, and what an object's fields are.

use std::fmt::Write as _;

use serde_json::Value;

use super::html::{anchor, escaped, line, paragraphs};
use super::text;

/// Where the document keeps named types.
const NAMED: &str = "#/components/schemas/";

/// What is said of a value beside its type: the keyword, and how it reads.
const BOUNDS: &[(&str, &str)] = &[
    ("minimum", "at least"),
    ("maximum", "at most"),
    ("minLength", "characters at least"),
    ("maxLength", "characters at most"),
    ("minItems", "items at least"),
    ("maxItems", "items at most"),
    ("pattern", "like"),
    ("default", "without it"),
    ("example", "such as"),
];

/// A section about a named type.
pub(super) fn write(page: &mut String, name: &str, schema: &Value) {
    let id = anchor("type", name);
    let _ = write!(
        page,
        "<article aria-labelledby=\"{id}\">\n<h3 id=\"{id}\">{}</h3>\n{}",
        escaped(name),
        paragraphs(text(schema, "description"))
    );
    match schema["oneOf"].as_array() {
        Some(choices) => {
            *page += "<p>One of these:</p>\n<ul>\n";
            for choice in choices {
                let _ = writeln!(page, "<li>{}", choice_of(choice));
                write_fields(page, choice);
                *page += "</li>\n";
            }
            *page += "</ul>\n";
        }
        None if schema["properties"].is_object() => write_fields(page, schema),
        None => {
            let _ = writeln!(page, "<p>{}{}</p>", kind(schema), bounds(schema));
        }
    }
    *page += "</article>\n";
}

fn choice_of(choice: &Value) -> String {
    match text(choice, "description") {
        "" => kind(choice),
        described => line(described),
    }
}

fn write_fields(page: &mut String, schema: &Value) {
    let Some(fields) = schema["properties"].as_object() else {
        return;
    };
    let required = schema["required"].as_array();
    let is_required = |name: &str| {
        required.is_some_and(|names| names.iter().any(|required| required.as_str() == Some(name)))
    };
    *page += "<table>\n<thead><tr><th scope=\"col\">Field</th><th scope=\"col\">Type</th>\
              <th scope=\"col\">What it is</th></tr></thead>\n<tbody>\n";
    for (name, field) in fields {
        let optional = if is_required(name) {
            ""
        } else {
            "<br>may be left out"
        };
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}{optional}</td><td>{}{}</td></tr>",
            escaped(name),
            kind(field),
            line(described(field)),
            bounds(field)
        );
    }
    *page += "</tbody>\n</table>\n";
}

/// A field that may be null says what it is beside the null.
fn described(field: &Value) -> &str {
    match text(field, "description") {
        "" => field["oneOf"]
            .as_array()
            .and_then(|choices| {
                choices
                    .iter()
                    .map(|choice| text(choice, "description"))
                    .find(|text| !text.is_empty())
            })
            .unwrap_or_default(),
        described => described,
    }
}

/// What a value is; named types are linked.
pub(super) fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"]
        .as_str()
        .and_then(|path| path.strip_prefix(NAMED))
    {
        return format!(
            "<a href=\"#{}\">{}</a>",
            anchor("type", name),
            escaped(name)
        );
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        return joined(choices.iter().map(kind));
    }
    if let Some(values) = schema["enum"].as_array() {
        return joined(
            values
                .iter()
                .map(|value| format!("<code>{}</code>", escaped(&shown(value)))),
        );
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => return "anything".to_owned(),
    };
    joined(types.into_iter().map(|name| match name {
        "array" => format!("list of {}", kind(&schema["items"])),
        "object" if schema["additionalProperties"].is_object() => {
            format!("object of {}", kind(&schema["additionalProperties"]))
        }
        other => escaped(other),
    }))
}

/// What holds for a value beside its type.
pub(super) fn bounds(schema: &Value) -> String {
    let said: Vec<String> = BOUNDS
        .iter()
        .filter(|(keyword, _)| !schema[keyword].is_null())
        .map(|(keyword, reads)| {
            format!("{reads} <code>{}</code>", escaped(&shown(&schema[keyword])))
        })
        .collect();
    if said.is_empty() {
        return String::new();
    }
    format!(" <small>{}</small>", said.join(", "))
}

fn shown(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(" or ")
}
