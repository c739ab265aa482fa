//! One operation: what it takes, what it answers, and the problems it can answer instead.

use std::fmt::Write as _;

use serde_json::Value;

use super::html::{anchor, escaped, line, paragraphs};
use super::schema::{bounds, kind};
use super::text;
use crate::codes;

/// An article about it.
pub(super) fn write(
    page: &mut String,
    document: &Value,
    method: &str,
    path: &str,
    operation: &Value,
) {
    let id = anchor("op", text(operation, "operationId"));
    let _ = write!(
        page,
        "<article aria-labelledby=\"{id}\">\n<h3 id=\"{id}\">{}</h3>\n\
         <p class=\"request\"><strong>{}</strong> <code>{}</code></p>\n{}",
        line(text(operation, "summary")),
        escaped(&method.to_uppercase()),
        escaped(path),
        paragraphs(text(operation, "description"))
    );
    write_parameters(page, document, operation);
    let body = resolved(document, &operation["requestBody"]);
    if body.is_object() {
        let optional = if body["required"] == true {
            ""
        } else {
            "; may be left out"
        };
        let _ = writeln!(page, "<p>Body: {}{optional}.</p>", contents(body));
    }
    let answer = operation
        .pointer("/responses/200")
        .map_or(&Value::Null, |answer| resolved(document, answer));
    let _ = writeln!(
        page,
        "<p>Answer: {}. {}</p>",
        contents(answer),
        line(text(answer, "description"))
    );
    write_problems(page, operation);
    *page += "</article>\n";
}

/// What a reference of the document leads to.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    value["$ref"]
        .as_str()
        .and_then(|path| document.pointer(path.trim_start_matches('#')))
        .unwrap_or(value)
}

fn contents(value: &Value) -> String {
    let kinds = value["content"].as_object().into_iter().flatten();
    let kinds: Vec<String> = kinds
        .map(|(media, content)| {
            let media = format!("<code>{}</code>", escaped(media));
            match &content["schema"] {
                Value::Null => media,
                schema => format!("{} as {media}", kind(schema)),
            }
        })
        .collect();
    if kinds.is_empty() {
        "nothing".to_owned()
    } else {
        kinds.join(" or ")
    }
}

fn write_parameters(page: &mut String, document: &Value, operation: &Value) {
    let parameters = operation["parameters"].as_array();
    let Some(parameters) = parameters.filter(|parameters| !parameters.is_empty()) else {
        return;
    };
    *page += "<table>\n<caption>Parameters</caption>\n<thead><tr><th scope=\"col\">Name</th>\
              <th scope=\"col\">Where</th><th scope=\"col\">Type</th>\
              <th scope=\"col\">What it is</th></tr></thead>\n<tbody>\n";
    for parameter in parameters {
        let parameter = resolved(document, parameter);
        let needed = if parameter["required"] == true {
            ", needed"
        } else {
            ""
        };
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}{needed}</td><td>{}</td><td>{}{}{}</td></tr>",
            escaped(text(parameter, "name")),
            escaped(text(parameter, "in")),
            kind(&parameter["schema"]),
            line(text(parameter, "description")),
            bounds(&parameter["schema"]),
            bounds(parameter)
        );
    }
    *page += "</tbody>\n</table>\n";
}

fn write_problems(page: &mut String, operation: &Value) {
    let names = operation["x-problems"].as_array().into_iter().flatten();
    let mut known: Vec<&codes::Code> = names
        .filter_map(|name| codes::find(name.as_str()?))
        .collect();
    known.sort_by_key(|code| (code.status, code.code));
    let _ = write!(
        page,
        "<details>\n<summary>{} problems it can answer</summary>\n<table>\n\
         <thead><tr><th scope=\"col\">Code</th><th scope=\"col\">Status</th>\
         <th scope=\"col\">What it means</th></tr></thead>\n<tbody>\n",
        known.len()
    );
    for code in known {
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td></tr>",
            escaped(code.code),
            code.status,
            line(code.meaning)
        );
    }
    *page += "</tbody>\n</table>\n</details>\n";
}
