//! Signing in through the person's own browser.

use tauri::ipc::Response;
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_opener::OpenerExt as _;

use crate::ambient::{SystemRandom, computer_name};
use crate::browser::{Attempt, Came, PATIENCE};
use crate::desk::Desk;
use crate::frame::{self, AnswerHead};
use crate::refusal::Refusal;
use crate::window::bring_forward;

/// Opens the browser at the server, and waits until the person has signed in there. `anew` asks for somebody who has just
/// shown who they are. Answers a frame with what the server said; the session itself stays out of the page.
#[tauri::command]
pub(crate) async fn browser_sign_in(
    anew: bool,
    app: AppHandle,
    window: WebviewWindow,
    desk: State<'_, Desk>,
) -> Result<Response, Refusal> {
    let ended = desk.browser_awaited(window.label());
    let connection = desk
        .connection()
        .await
        .ok_or_else(|| Refusal::bridge("the program is closing"))?;
    let server = connection
        .server()
        .ok_or_else(|| Refusal::bridge("nobody signs in to a store on this computer"))?;
    let attempt = Attempt::begin(&SystemRandom)
        .await
        .map_err(|error| Refusal::browser_not_awaited(&error))?;
    let url = attempt.url(server, &computer_name(), anew);
    app.opener()
        .open_url(url, None::<&str>)
        .map_err(|_| Refusal::browser_not_opened())?;
    let landing = tokio::select! {
        landing = attempt.landing() => {
            landing.map_err(|error| Refusal::browser_not_awaited(&error))?
        }
        _ = ended => return Err(Refusal::browser_cancelled()),
        () = tokio::time::sleep(PATIENCE) => return Err(Refusal::browser_late()),
    };
    let answered = match &landing.came {
        Came::Code(code) => Ok(attempt.take_over(&connection, code).await),
        Came::Declined => Err(Refusal::browser_declined()),
    };
    let language = desk.look().ui.language;
    let words = language.words();
    let (title, text) = match &answered {
        Ok(Ok(answer)) if answer.status.is_success() => (
            words.get("browser_signed_in"),
            words.get("browser_signed_in_text"),
        ),
        Ok(_) => (
            words.get("browser_failed"),
            words.get("browser_failed_text"),
        ),
        Err(_) => (
            words.get("browser_declined_page"),
            words.get("browser_declined_page_text"),
        ),
    };
    // The browser takes its page in its own time.
    tauri::async_runtime::spawn(async move { landing.answer(title, text, language).await });
    bring_forward(&window);
    let mut answer = answered??;
    let content = answer.content().await?;
    let head = AnswerHead::of(answer.status, &answer.headers);
    frame::whole(&head, &content)
        .map(Response::new)
        .map_err(Refusal::bridge)
}

/// Ends the wait.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "a command takes its arguments by value"
)]
pub(crate) fn browser_sign_in_cancel(window: WebviewWindow, desk: State<'_, Desk>) {
    desk.browser_over(window.label());
}
