//! What the UI's sources may import: the window has one home, and features know nothing of
//! one another.

use super::tree::lines;
use super::{Finding, Tree};

/// Checks every TypeScript file of the UI.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree
        .ending(&[".ts", ".tsx"])
        .filter(|(path, _)| path.starts_with("ui/src/"))
    {
        for line in lines(text) {
            for import in imports(line.text) {
                if let Some(what) = objection(path, &resolve(path, import)) {
                    findings.push(Finding::new(path, line.number, what));
                }
            }
        }
    }
    findings
}

fn objection(path: &str, target: &str) -> Option<String> {
    if target.starts_with("@tauri-apps/") && !path.starts_with("ui/src/platform/") {
        return Some("only ui/src/platform knows there is a window".to_owned());
    }
    let schema = target.trim_end_matches(".d.ts").trim_end_matches(".ts") == "ui/src/api/schema";
    if schema && !path.starts_with("ui/src/api/") {
        return Some("wire types are named in ui/src/api: import them from there".to_owned());
    }
    let theirs = feature(target)?;
    match feature(path) {
        Some(ours) if ours != theirs => Some(format!(
            "the feature `{ours}` may not import the feature `{theirs}`"
        )),
        None if path.starts_with("ui/src/ui/") => {
            Some("ui/src/ui wraps widgets and knows no feature".to_owned())
        }
        _ => None,
    }
}

fn feature(path: &str) -> Option<&str> {
    path.strip_prefix("ui/src/features/")?.split('/').next()
}

/// The quoted names that a line imports from.
fn imports(line: &str) -> impl Iterator<Item = &str> {
    ["from ", "import ", "import("]
        .into_iter()
        .filter_map(|keyword| {
            let (_, rest) = line.split_once(keyword)?;
            let quote = rest.chars().next().filter(|c| ['"', '\''].contains(c))?;
            rest.get(1..)?.split(quote).next()
        })
}

/// A relative import as a path from the root; any other as it stands.
fn resolve(path: &str, import: &str) -> String {
    if let Some(rest) = import.strip_prefix("@/") {
        return format!("ui/src/{rest}");
    }
    if !import.starts_with('.') {
        return import.to_owned();
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in import.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn the_window_outside_the_platform_folder_is_found() {
        let import = "import { invoke } from \"@tauri-apps/api/core\";";
        assert_eq!(found("ui/src/platform/tauri.ts", import), 0);
        assert_eq!(found("ui/src/app.tsx", import), 1);
        assert_eq!(
            found("ui/src/app.tsx", "await import('@tauri-apps/api/core')"),
            1
        );
    }

    #[test]
    fn a_feature_importing_another_is_found() {
        let path = "ui/src/features/license/list.tsx";
        assert_eq!(found(path, "import { A } from \"../customer/name\";"), 1);
        assert_eq!(
            found(path, "import { A } from \"@/features/customer/name\";"),
            1
        );
        assert_eq!(found(path, "import { A } from \"./row\";"), 0);
        assert_eq!(found(path, "import { A } from \"../../ui/button\";"), 0);
        assert_eq!(
            found(
                "ui/src/routes/license.tsx",
                "import A from \"../features/license\";"
            ),
            0
        );
        assert_eq!(
            found(
                "ui/src/ui/button.tsx",
                "import A from \"../features/license/a\";"
            ),
            1
        );
    }

    #[test]
    fn wire_types_from_elsewhere_are_found() {
        let import = "import type { paths } from \"../../api/schema\";";
        assert_eq!(found("ui/src/features/license/list.tsx", import), 1);
        assert_eq!(
            found(
                "ui/src/api/client.ts",
                "import type { paths } from \"./schema\";"
            ),
            0
        );
    }
}
