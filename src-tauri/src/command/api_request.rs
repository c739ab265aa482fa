//! One request to the API, answered when its body is complete.

use tauri::State;
use tauri::ipc::{Request, Response};

use crate::command::page_request::PageRequest;
use crate::desk::Desk;
use crate::frame::{self, AnswerHead};
use crate::refusal::Refusal;

/// Answers a frame with status, headers and body.
#[tauri::command]
pub(crate) async fn api_request(
    request: Request<'_>,
    desk: State<'_, Desk>,
) -> Result<Response, Refusal> {
    let mut answer = PageRequest::read(&request)?.send(&desk).await?;
    let content = answer.content().await?;
    let head = AnswerHead::of(answer.status, &answer.headers);
    frame::whole(&head, &content)
        .map(Response::new)
        .map_err(Refusal::bridge)
}
