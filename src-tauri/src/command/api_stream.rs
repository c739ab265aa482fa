//! One request to the API, its answer handed over as it arrives.

use std::str::FromStr as _;

use futures::StreamExt as _;
use tauri::ipc::{Channel, InvokeResponseBody, JavaScriptChannelId, Request};
use tauri::{State, Webview};

use crate::command::page_request::{PageRequest, text};
use crate::connection::Answer;
use crate::desk::Desk;
use crate::frame::{self, AnswerHead, Streamed};
use crate::refusal::Refusal;

/// Sends frames through the page's channel until the answer ends, or the page wants no more.
#[tauri::command]
pub(crate) async fn api_stream(
    request: Request<'_>,
    webview: Webview,
    desk: State<'_, Desk>,
) -> Result<(), Refusal> {
    let id = text(request.headers(), "latchkey-channel")?;
    let channel = JavaScriptChannelId::from_str(&id)
        .map_err(Refusal::bridge)?
        .channel_on(webview.clone());
    let asked = PageRequest::read(&request)?;
    let cancelled = desk.stream_started(webview.label(), &id);
    let work = async {
        let answer = asked.send(&desk).await?;
        hand_over(answer, &channel).await
    };
    let result = tokio::select! {
        result = work => result,
        _ = cancelled => Ok(()),
    };
    desk.stream_over(webview.label(), &id);
    result
}

/// Ends a stream before its end.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "a command takes its arguments by value"
)]
pub(crate) fn api_stream_cancel(id: &str, webview: Webview, desk: State<'_, Desk>) {
    desk.stream_over(webview.label(), id);
}

async fn hand_over(
    mut answer: Answer,
    channel: &Channel<InvokeResponseBody>,
) -> Result<(), Refusal> {
    let send = |kind, content: &[u8]| {
        let frame = InvokeResponseBody::Raw(frame::streamed(kind, content));
        channel.send(frame).map_err(Refusal::bridge)
    };
    let head = AnswerHead::of(answer.status, &answer.headers);
    send(
        Streamed::Head,
        &serde_json::to_vec(&head).map_err(Refusal::bridge)?,
    )?;
    while let Some(piece) = answer.body.next().await {
        match piece {
            Ok(bytes) => send(Streamed::Chunk, &bytes)?,
            Err(error) => return send(Streamed::Failed, error.to_string().as_bytes()),
        }
    }
    send(Streamed::End, &[])
}
