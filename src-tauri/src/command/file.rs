//! Files that a person chooses, drops or keeps. The page never names a path.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use tauri::ipc::{Request, Response};
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_dialog::{DialogExt as _, FilePath};

use crate::command::page_request::{body, text};
use crate::desk::Desk;
use crate::frame::{self, FileHead};
use crate::refusal::{MAX_FILE_BYTES, Refusal};
use crate::whole_file;

/// Lets the person choose a file. Answers a frame with name and content, or nothing.
#[tauri::command]
pub(crate) async fn pick_file(
    request: Request<'_>,
    app: AppHandle,
    window: WebviewWindow,
) -> Result<Response, Refusal> {
    let accept: Vec<String> = serde_json::from_str(&text(request.headers(), "latchkey-accept")?)
        .map_err(Refusal::bridge)?;
    in_background(move || {
        let endings: Vec<&str> = accept
            .iter()
            .map(|ending| ending.trim_start_matches('.'))
            .collect();
        let mut dialog = app.dialog().file().set_parent(&window);
        if !endings.is_empty() {
            dialog = dialog
                .add_filter(accept.join(", "), &endings)
                .add_filter("*", &["*"]);
        }
        match dialog.blocking_pick_file() {
            Some(chosen) => framed(&path_of(chosen)?),
            None => Ok(Response::new(Vec::new())),
        }
    })
    .await
}

/// Reads a file that was dropped on the window, once.
#[tauri::command]
pub(crate) async fn read_dropped(
    request: Request<'_>,
    window: WebviewWindow,
    desk: State<'_, Desk>,
) -> Result<Response, Refusal> {
    let token = text(request.headers(), "latchkey-token")?
        .parse()
        .map_err(Refusal::bridge)?;
    let path = desk
        .take_dropped(window.label(), token)
        .ok_or_else(|| Refusal::bridge("no file with this token was dropped"))?;
    in_background(move || framed(&path)).await
}

/// Reads the next file that the window was opened for. Answers a frame with name and content, or
/// nothing.
#[tauri::command]
pub(crate) async fn read_opened(
    window: WebviewWindow,
    desk: State<'_, Desk>,
) -> Result<Response, Refusal> {
    match desk.take_opened(window.label()) {
        Some(path) => in_background(move || framed(&path)).await,
        None => Ok(Response::new(Vec::new())),
    }
}

/// Lets the person keep a file; `false` when they changed their mind.
#[tauri::command]
pub(crate) async fn save_file(
    request: Request<'_>,
    app: AppHandle,
    window: WebviewWindow,
    desk: State<'_, Desk>,
) -> Result<bool, Refusal> {
    let suggested = text(request.headers(), "latchkey-name")?;
    let content = body(&request)?;
    let title = desk.look().ui.language.words().get("save");
    in_background(move || {
        let dialog = app
            .dialog()
            .file()
            .set_parent(&window)
            .set_title(title)
            .set_file_name(&suggested);
        let Some(chosen) = dialog.blocking_save_file() else {
            return Ok(false);
        };
        let path = path_of(chosen)?;
        whole_file::write(&path, &content)
            .map_err(|error| Refusal::not_written(&name_of(&path), &error))?;
        Ok(true)
    })
    .await
}

/// Does what may wait, such as asking a person, without keeping others waiting.
pub(crate) async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Refusal::bridge)?
}

fn framed(path: &Path) -> Result<Response, Refusal> {
    let name = name_of(path);
    let content = read(path, &name)?;
    frame::whole(&FileHead { name: &name }, &content)
        .map(Response::new)
        .map_err(Refusal::bridge)
}

fn read(path: &Path, name: &str) -> Result<Vec<u8>, Refusal> {
    let unreadable = |error| Refusal::unreadable(name, &error);
    let file = File::open(path).map_err(unreadable)?;
    let about = file.metadata().map_err(unreadable)?;
    if about.is_dir() {
        return Err(unreadable(std::io::Error::from(ErrorKind::IsADirectory)));
    }
    if about.len() > MAX_FILE_BYTES {
        return Err(Refusal::too_large(name, about.len()));
    }
    // It may have grown since.
    let mut content = Vec::new();
    file.take(MAX_FILE_BYTES + 1)
        .read_to_end(&mut content)
        .map_err(unreadable)?;
    let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
    if size > MAX_FILE_BYTES {
        Err(Refusal::too_large(name, size))
    } else {
        Ok(content)
    }
}

/// The path that a person chose.
pub(crate) fn path_of(chosen: FilePath) -> Result<PathBuf, Refusal> {
    chosen.into_path().map_err(Refusal::bridge)
}

/// A file's name, without its folder.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(refused: Result<Vec<u8>, Refusal>) -> String {
        serde_json::to_value(refused.unwrap_err()).unwrap()["code"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    #[test]
    fn a_file_is_taken_at_the_limit_and_refused_one_past_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        let file = File::create(&path).unwrap();
        file.set_len(MAX_FILE_BYTES).unwrap();
        assert_eq!(
            read(&path, "list.csv").unwrap().len() as u64,
            MAX_FILE_BYTES
        );
        file.set_len(MAX_FILE_BYTES + 1).unwrap();
        assert_eq!(code(read(&path, "list.csv")), "file_too_large");
    }

    #[test]
    fn a_folder_and_a_missing_file_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(code(read(folder.path(), "folder")), "file_unreadable");
        assert_eq!(
            code(read(&folder.path().join("none"), "none")),
            "file_unreadable"
        );
    }
}
