//! The reference page at `/reference`: the OpenAPI document for people, written on the server.
//!
//! It has no script and nothing from elsewhere, so it passes the same content security policy as the UI.

mod html;
mod operation;
mod schema;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use axum::response::Html;
use http::HeaderName;
use http::header::CONTENT_TYPE;
use latchkey_app as app;
use serde_json::Value;

use crate::caller::Caller;
use crate::problem::Problem;
use html::{anchor, escaped, paragraphs};

/// The document does not change while the program runs.
static PAGE: LazyLock<String> = LazyLock::new(|| written(&document()));

/// The page, for whoever may read the document.
pub(crate) async fn page(api: Caller) -> Result<Html<&'static str>, Problem> {
    let permitted = app::Operation::GetOpenapi.permit(&api.actor);
    permitted.map_err(|refusal| Problem::from(app::Refused::from(refusal)))?;
    Ok(Html(PAGE.as_str()))
}

/// How it looks.
pub(crate) async fn style() -> ([(HeaderName, &'static str); 1], &'static str) {
    let kind = (CONTENT_TYPE, "text/css; charset=utf-8");
    ([kind], include_str!("reference/style.css"))
}

fn document() -> Value {
    serde_json::to_value(crate::openapi()).unwrap_or_default()
}

/// Operations with their method and path.
type Operations<'a> = Vec<(&'a str, &'a str, &'a Value)>;

fn written(document: &Value) -> String {
    let mut page = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Latchkey API reference</title>\n\
         <link rel=\"stylesheet\" href=\"/reference/style.css\">\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#operations\">Skip the contents</a>\n",
    );
    let tags = by_tag(document);
    write_contents(&mut page, &tags);
    page += "<main id=\"operations\">\n<h1>Latchkey API reference</h1>\n";
    page += &paragraphs(text(&document["info"], "description"));
    page += "<p>For programs: <a href=\"/v1/openapi.json\">the OpenAPI document</a>.</p>\n";
    for (tag, operations) in &tags {
        write_heading(&mut page, "tag", tag);
        for (method, path, operation) in operations {
            operation::write(&mut page, document, method, path, operation);
        }
        page += "</section>\n";
    }
    write_heading(&mut page, "tag", "types");
    let schemas = document.pointer("/components/schemas");
    let schemas = schemas.and_then(Value::as_object);
    for (name, described) in schemas.into_iter().flatten() {
        schema::write(&mut page, name, described);
    }
    page += "</section>\n</main>\n</body>\n</html>\n";
    page
}

fn by_tag(document: &Value) -> BTreeMap<&str, Operations<'_>> {
    let mut tags: BTreeMap<&str, Operations<'_>> = BTreeMap::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let tag = operation.pointer("/tags/0").and_then(Value::as_str);
            tags.entry(tag.unwrap_or("other"))
                .or_default()
                .push((method, path, operation));
        }
    }
    tags
}

fn write_contents(page: &mut String, tags: &BTreeMap<&str, Operations<'_>>) {
    *page += "<nav aria-label=\"Contents\">\n<ul>\n";
    for (tag, operations) in tags {
        let _ = write!(
            page,
            "<li><a href=\"#{}\">{}</a>\n<ul>\n",
            anchor("tag", tag),
            escaped(tag)
        );
        for (_, _, operation) in operations {
            let id = text(operation, "operationId");
            let _ = writeln!(
                page,
                "<li><a href=\"#{}\">{}</a></li>",
                anchor("op", id),
                escaped(text(operation, "summary"))
            );
        }
        *page += "</ul></li>\n";
    }
    *page += "<li><a href=\"#tag-types\">types</a></li>\n</ul>\n</nav>\n";
}

fn write_heading(page: &mut String, kind: &str, name: &str) {
    let id = anchor(kind, name);
    let _ = write!(
        page,
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{}</h2>\n",
        escaped(name)
    );
}

/// A text of the document, or nothing.
fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests;
