//! Puts the built UI into the program: a table of its files, read from `ui/dist`.
//!
//! Without a built UI the program still builds; the page it serves says what is missing.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const UI: &str = "../../ui/dist";

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><title>Latchkey</title>\
    <h1>The user interface is not built</h1>\
    <p>Build it with <code>cargo xtask run</code>.</p></html>\n";

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script by the environment where to write"
)]
fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={UI}");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no OUT_DIR"))?);
    // A copy, because the UI may be built anew while the compiler reads.
    let folder = out.join("ui");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    if Path::new(UI).join("index.html").exists() {
        copy(Path::new(UI), &folder)?;
    } else {
        println!(
            "cargo::warning=ui/dist is not built: the page will only say so. Use `cargo xtask run`."
        );
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("index.html"), NOT_BUILT)?;
    }
    let mut files = Vec::new();
    collect(&folder, &mut files)?;
    files.sort();

    let mut table = String::from("&[\n");
    for file in &files {
        let path = file
            .strip_prefix(&folder)
            .map_err(io::Error::other)?
            .display()
            .to_string();
        let mut hasher = DefaultHasher::new();
        fs::read(file)?.hash(&mut hasher);
        writeln!(
            table,
            "    UiFile {{ path: {:?}, kind: {:?}, tag: \"\\\"{:016x}\\\"\", content: include_bytes!({:?}) }},",
            format!("/{path}"),
            kind_of(file),
            hasher.finish(),
            file.display().to_string(),
        )
        .map_err(io::Error::other)?;
    }
    table.push(']');
    fs::write(out.join("ui_files.rs"), table)
}

/// Copies what a browser asks for; names with a dot in front are the build's own notes.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn kind_of(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("json" | "map") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
