//! The page says all the document says, leads nowhere it should not, and needs nothing but its style.

use std::collections::BTreeSet;

use super::*;

/// What stands between two marks, wherever they are.
fn between<'a>(page: &'a str, begin: &str, end: &str) -> Vec<&'a str> {
    page.split(begin)
        .skip(1)
        .filter_map(|rest| rest.split(end).next())
        .collect()
}

#[test]
fn every_operation_every_type_and_every_problem_is_there() {
    let document = document();
    let page = written(&document);
    let mut operations = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values() {
            operations += 1;
            let id = operation["operationId"].as_str().unwrap();
            assert!(page.contains(&format!("<h3 id=\"op-{id}\">")), "{id}");
            assert!(page.contains(&format!("<code>{path}</code>")), "{path}");
            for code in operation["x-problems"].as_array().unwrap() {
                let code = code.as_str().unwrap();
                assert!(page.contains(&format!("<code>{code}</code>")), "{code}");
            }
        }
    }
    assert_eq!(between(&page, "<h3 id=\"op-", "\"").len(), operations);
    for name in document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
    {
        assert!(page.contains(&format!("<h3 id=\"type-{name}\">")), "{name}");
    }
}

#[test]
fn every_link_within_the_page_has_its_place_and_every_place_one_name() {
    let page = written(&document());
    let places = between(&page, " id=\"", "\"");
    let named: BTreeSet<&str> = places.iter().copied().collect();
    assert_eq!(places.len(), named.len(), "a name stands twice");
    for link in between(&page, "href=\"#", "\"") {
        assert!(named.contains(link), "{link} leads nowhere");
    }
}

#[test]
fn the_page_needs_nothing_but_its_style() {
    let page = written(&document());
    for foreign in [
        "<script",
        "<style",
        "style=\"",
        "src=\"",
        "http://",
        "https://",
        "javascript:",
        " on",
    ] {
        let found = page.split('<').find(|tag| {
            let tag = tag.split('>').next().unwrap_or_default();
            format!("<{tag}").contains(foreign)
        });
        assert_eq!(found, None, "{foreign}");
    }
    for tag in [
        "table", "tr", "td", "section", "article", "ul", "li", "details", "code", "p",
    ] {
        let opened =
            page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}
