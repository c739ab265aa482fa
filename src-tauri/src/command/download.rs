//! An answer of the API's that a person keeps as a file. It is written as it arrives, so a table of a million rows
//! takes no more memory than one of ten.

use std::path::Path;

use futures::StreamExt as _;
use http::HeaderMap;
use http::header::CONTENT_DISPOSITION;
use tauri::ipc::{Request, Response};
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_dialog::DialogExt as _;

use crate::command::file::{in_background, name_of, path_of};
use crate::command::page_request::PageRequest;
use crate::connection::Answer;
use crate::desk::Desk;
use crate::frame::{self, DownloadHead};
use crate::percent;
use crate::refusal::Refusal;
use crate::whole_file::Unfinished;

/// Lets the person say where the answer goes, and writes it there. Answers a frame: whether it was saved, or the
/// answer itself when it is a refusal.
#[tauri::command]
pub(crate) async fn download(
    request: Request<'_>,
    app: AppHandle,
    window: WebviewWindow,
    desk: State<'_, Desk>,
) -> Result<Response, Refusal> {
    let mut answer = PageRequest::read(&request)?.send(&desk).await?;
    if !answer.status.is_success() {
        let content = answer.content().await?;
        return framed(
            &DownloadHead::refused(answer.status, &answer.headers),
            &content,
        );
    }
    let suggested = file_name(&answer.headers).unwrap_or_else(|| "latchkey".to_owned());
    let title = desk.look().ui.language.words().get("save");
    let chosen = in_background(move || {
        let dialog = app
            .dialog()
            .file()
            .set_parent(&window)
            .set_title(title)
            .set_file_name(&suggested);
        dialog.blocking_save_file().map(path_of).transpose()
    })
    .await?;
    if let Some(path) = &chosen {
        write(path, answer).await?;
    }
    framed(&DownloadHead::saved(chosen.is_some()), &[])
}

fn framed(head: &DownloadHead, content: &[u8]) -> Result<Response, Refusal> {
    frame::whole(head, content)
        .map(Response::new)
        .map_err(Refusal::bridge)
}

/// Writes the body piece by piece. What breaks off leaves no file behind.
async fn write(path: &Path, mut answer: Answer) -> Result<(), Refusal> {
    let name = name_of(path);
    let failed = |error| Refusal::not_written(&name, &error);
    let mut file = Unfinished::begin(path).map_err(failed)?;
    while let Some(piece) = answer.body.next().await {
        let piece = piece?;
        file = in_background(move || Ok(file.and(&piece)))
            .await?
            .map_err(failed)?;
    }
    in_background(move || Ok(file.finish()))
        .await?
        .map_err(failed)
}

/// The name that the answer gives to its file (RFC 6266).
fn file_name(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(CONTENT_DISPOSITION)?.to_str().ok()?;
    let (_, encoded) = text.split_once("filename*=UTF-8''")?;
    let encoded = encoded.split(';').next()?;
    String::from_utf8(percent::decoded(encoded.as_bytes())?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::SendError;
    use bytes::Bytes;
    use futures::stream;
    use http::StatusCode;

    #[test]
    fn a_file_is_called_what_the_answer_calls_it() {
        let mut headers = HeaderMap::new();
        assert_eq!(file_name(&headers), None);
        let said = "attachment; filename=\"B_ro.csv\"; filename*=UTF-8''B%C3%BCro.csv";
        headers.insert(CONTENT_DISPOSITION, said.parse().unwrap());
        assert_eq!(file_name(&headers).unwrap(), "Büro.csv");
    }

    fn answer(pieces: Vec<Result<Bytes, SendError>>) -> Answer {
        Answer {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: stream::iter(pieces).boxed(),
        }
    }

    #[tokio::test]
    async fn a_download_is_kept_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("licenses.csv");
        let pieces = vec![Ok("id,key\r\n".into()), Ok("lic_1,A\r\n".into())];
        write(&path, answer(pieces)).await.unwrap();
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            "id,key\r\nlic_1,A\r\n"
        );

        let pieces = vec![Ok("id,".into()), Err(SendError::broken("the line is cut"))];
        assert!(write(&path, answer(pieces)).await.is_err());
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            "id,key\r\nlic_1,A\r\n",
            "what was there before stays"
        );
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
