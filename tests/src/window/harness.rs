//! A window for one test: a home of its own, WebKitWebDriver on a port of its own, pictures kept.

#![expect(
    clippy::disallowed_methods,
    reason = "tests find their display in the environment"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, WebDriver};
use tokio::sync::{Mutex, MutexGuard};

use super::driver::DriverProcess;
use crate::built;
use crate::home::Home;

/// One window at a time: each takes a whole core to draw.
static DISPLAY: Mutex<()> = Mutex::const_new(());

/// How long the window has to show what it should.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// What can be pressed.
const ENABLED: &str = "not(@disabled) and not(@aria-disabled='true')";

/// What no dialog covers.
const UNCOVERED: &str = "not(ancestor-or-self::*[@inert or @aria-hidden='true'])";

/// A running window.
pub(crate) struct Window {
    /// The page in it.
    pub(crate) page: WebDriver,
    pub(super) name: String,
    pub(super) pictures: u32,
    /// Stops the driver, and the window with it.
    driver: DriverProcess,
    _turn: MutexGuard<'static, ()>,
}

/// How a window is started.
#[derive(Default)]
pub(crate) struct Start<'a> {
    /// Arguments of the program.
    pub(crate) arguments: &'a [&'a str],
    /// Whether the session has a keychain.
    pub(crate) keychain: bool,
}

impl Start<'_> {
    /// Without arguments, in a session with a keychain.
    pub(crate) fn with_keychain() -> Self {
        Self {
            keychain: true,
            ..Self::default()
        }
    }
}

impl Window {
    /// Opens the window in a home. `name` is the test's, for its pictures.
    pub(crate) async fn open(name: &str, home: &Home, start: Start<'_>) -> Self {
        for variable in ["DISPLAY", "DBUS_SESSION_BUS_ADDRESS"] {
            assert!(
                std::env::var_os(variable).is_some(),
                "{variable} is not set: the window needs a display and a keychain of the tests' \
                 own. Run `cargo xtask test {name}`, which starts both."
            );
        }
        let turn = DISPLAY.lock().await;
        let driver = DriverProcess::start(name, home, start.keychain).await;
        let mut capabilities = Capabilities::new();
        let options = serde_json::json!({
            "binary": built::program("latchkey-desktop"),
            "args": start.arguments,
            // Scrollbars as they are without a graphics device: the driver would have them lie over the page.
            "useOverlayScrollbars": false,
        });
        capabilities
            .set("webkitgtk:browserOptions", options)
            .unwrap();
        let page = WebDriver::new(&driver.address, capabilities)
            .await
            .unwrap_or_else(|error| {
                panic!("the window does not open: {error}\n{}", driver.log());
            });
        Self {
            page,
            name: name.to_owned(),
            pictures: 0,
            driver,
            _turn: turn,
        }
    }

    /// Waits for an element that is shown.
    pub(crate) async fn find(&self, by: By) -> WebElement {
        let began = Instant::now();
        loop {
            let query = self
                .page
                .query(by.clone())
                .wait(PATIENCE, Duration::from_millis(50));
            match query.and_displayed().first().await {
                Ok(element) => return element,
                // A page that draws itself anew took it away while it was looked at.
                Err(error) if is_gone(&error) && began.elapsed() < PATIENCE => {}
                Err(error) => panic!(
                    "{by:?} is not shown: {error}\nthe page says: {}",
                    self.text().await
                ),
            }
        }
    }

    /// Clicks what is found so; what was drawn anew in between is found again.
    async fn click_on(&self, by: By) {
        loop {
            match self.find(by.clone()).await.click().await {
                Ok(()) => return,
                Err(error) if is_gone(&error) => {}
                Err(error) => panic!("{by:?} cannot be clicked: {error}"),
            }
        }
    }

    /// Waits until the page says this somewhere.
    pub(crate) async fn says(&self, text: &str) {
        let waited = tokio::time::timeout(PATIENCE, async {
            while !self.text().await.contains(text) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        if waited.await.is_err() {
            panic!("the page does not say {text:?} but: {}", self.text().await);
        }
    }

    /// Waits until the UI proper is there: the store is open.
    pub(crate) async fn shows_the_ui(&self) {
        let waited = tokio::time::timeout(PATIENCE, async {
            while self
                .page
                .current_url()
                .await
                .map_or(true, |url| url.scheme() != "tauri")
            {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        if waited.await.is_err() {
            panic!(
                "the window does not turn to the UI but says: {}",
                self.text().await
            );
        }
    }

    /// Types into a field found by its selector, in place of what stands there.
    pub(crate) async fn fill(&self, selector: &str, text: &str) {
        let field = self.find(By::Css(selector)).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Clicks what is found by its selector.
    pub(crate) async fn click(&self, selector: &str) {
        self.click_on(By::Css(selector)).await;
    }

    /// Presses the button, link or row mark of this name, above all that a dialog covers.
    pub(crate) async fn press(&self, name: &str) {
        let named = format!("normalize-space(.)='{name}' or @aria-label='{name}'");
        let kinds = "self::button or self::a or @role='tab' or @role='menuitem'";
        let path = format!("//*[{kinds}][{named}][{ENABLED}][{UNCOVERED}]");
        self.click_on(By::XPath(&path)).await;
    }

    /// Waits for the dialog of this title. What is found afterwards is found in it.
    pub(crate) async fn dialog(&self, title: &str) {
        let titled = format!(".//*[normalize-space(.)='{title}']");
        self.find(By::XPath(format!("//*[@role='dialog'][{titled}]")))
            .await;
    }

    /// Types into the field of this label, in place of what stands there.
    pub(crate) async fn fill_labelled(&self, label: &str, text: &str) {
        let field = self.labelled(label).await;
        field.click().await.unwrap();
        field.send_keys(Key::Control + "a").await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Pastes into the field of this label: a typed tab would leave the field.
    pub(crate) async fn paste_labelled(&self, label: &str, text: &str) {
        let field = self.labelled(label).await;
        field.click().await.unwrap();
        let script = "document.execCommand('insertText', false, arguments[0])";
        self.page.execute(script, vec![text.into()]).await.unwrap();
    }

    /// Finds a record by typing into the field of this label, and takes the first offered.
    pub(crate) async fn choose(&self, label: &str, text: &str) {
        self.fill_labelled(label, text).await;
        let option = format!("//*[@role='option'][contains(., '{text}')]");
        self.find(By::XPath(&option)).await.click().await.unwrap();
    }

    /// Chooses the box whose label has this in it.
    pub(crate) async fn choose_labelled(&self, text: &str) {
        let path = format!("//label[contains(., '{text}')][{UNCOVERED}]");
        self.click_on(By::XPath(&path)).await;
    }

    /// Waits until the page does not say this any more.
    pub(crate) async fn says_no_more(&self, text: &str) {
        let waited = tokio::time::timeout(PATIENCE, async {
            while self.text().await.contains(text) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        if waited.await.is_err() {
            panic!("the page still says {text:?}: {}", self.text().await);
        }
    }

    /// Answers the native save dialog with a path, and waits until the file is there.
    pub(crate) async fn save_dialog_takes(&self, path: &Path) {
        let typed = path.to_str().unwrap();
        let search = ["search", "--sync", "--onlyvisible", "--name", "^Save$"];
        let answer = [
            "windowfocus",
            "--sync",
            "key",
            "ctrl+a",
            "type",
            "--delay",
            "5",
            typed,
        ];
        xdotool(&[&search[..], &answer[..]].concat()).await;
        xdotool(&["key", "Return"]).await;
        let waited = tokio::time::timeout(PATIENCE, async {
            while !path.exists() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        assert!(
            waited.await.is_ok(),
            "the file was not saved; the page says: {}",
            self.text().await
        );
    }

    async fn labelled(&self, label: &str) -> WebElement {
        let of = format!("@id=//label[normalize-space(.)='{label}']/@for or @aria-label='{label}'");
        let path = format!("//*[self::input or self::textarea][{of}][{UNCOVERED}]");
        self.find(By::XPath(&path)).await
    }

    /// Keeps a picture in `target/screenshots`.
    pub(crate) async fn picture(&mut self, what: &str) {
        self.pictures += 1;
        let name = format!("window-{}-{:02}-{what}.png", self.name, self.pictures);
        let path = built::output("screenshots").join(name);
        self.page.screenshot(&path).await.unwrap();
    }

    /// Closes the window and waits until the program has ended: the driver answers as soon as the
    /// window is told to close, while the program still closes its store.
    pub(crate) async fn close(self) {
        assert!(self.driver.program_runs(), "the program has ended before");
        self.page.clone().quit().await.unwrap();
        self.ends().await;
    }

    /// Waits until the program has ended.
    pub(super) async fn ends(&self) {
        let waited = tokio::time::timeout(PATIENCE, async {
            while self.driver.program_runs() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        assert!(waited.await.is_ok(), "the program does not end");
    }

    async fn text(&self) -> String {
        // While a page makes room for the next there may be none.
        match self.page.find(By::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }
}

/// What a server answers to a request that has to work.
pub(super) async fn answer(response: reqwest::Response) -> serde_json::Value {
    let status = response.status();
    let text = response.text().await.unwrap();
    assert!(status.is_success(), "{status}: {text}");
    serde_json::from_str(&text).unwrap()
}

/// Whether an element was taken out of the page.
fn is_gone(error: &WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        WebDriverErrorInner::StaleElementReference(_)
    )
}

/// Acts on the display as a person's keyboard does. Answers what it says.
pub(super) async fn xdotool(arguments: &[&str]) -> String {
    let command = tokio::process::Command::new("xdotool")
        .args(arguments)
        .output();
    let output = match tokio::time::timeout(PATIENCE, command).await {
        Ok(output) => output.unwrap_or_else(|error| {
            panic!("xdotool does not start ({error}): install the package xdotool")
        }),
        Err(_) => panic!("xdotool {arguments:?} waits for a window that does not come"),
    };
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "xdotool {arguments:?}: {told}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
