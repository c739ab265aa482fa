//! The page in the window, and the script in it that measures.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::WebDriver;

use super::driver::{Driver, PATIENCE};

/// Where the UI is, in `src-tauri/src/window.rs`.
const UI: &str = "tauri://localhost";

const SCRIPT: &str = include_str!("page.js");

/// Whether the frame of the program is drawn.
const FRAME_IS_THERE: &str = "return document.querySelector('header nav a') !== null;";

/// What a page loads behind its first content is not part of what is measured next.
const SETTLING: Duration = Duration::from_secs(2);

/// Between two keys of a person who types fast.
const BETWEEN_KEYS: Duration = Duration::from_millis(100);

/// How long something took, in milliseconds.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Taken {
    /// Until the frame was painted.
    pub(super) took: f64,
    /// Until the store was asked, if it was.
    pub(super) asked: Option<f64>,
    /// Until it had answered.
    pub(super) answered: Option<f64>,
}

/// What a function of the script came to.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Outcome<T> {
    Value(T),
    Error(String),
}

/// The page in a window.
pub(super) struct Page {
    page: WebDriver,
}

impl Page {
    /// Starts the desktop program.
    pub(super) async fn open(driver: &Driver, programs: &Path) -> Result<Self> {
        let page = driver.open(&programs.join("latchkey-desktop")).await?;
        page.set_script_timeout(PATIENCE).await?;
        Ok(Self { page })
    }

    /// Loads the page of an address: what was asked before is forgotten.
    pub(super) async fn load(&self, path: &str) -> Result<()> {
        self.frame().await?;
        self.page.goto(format!("{UI}{path}")).await?;
        self.frame().await?;
        self.page.execute(SCRIPT, Vec::new()).await?;
        tokio::time::sleep(SETTLING).await;
        self.quiet().await
    }

    async fn frame(&self) -> Result<()> {
        let there = tokio::time::timeout(PATIENCE, async {
            loop {
                let there = self.page.execute(FRAME_IS_THERE, Vec::new()).await;
                if there.is_ok_and(|there| there.json().as_bool() == Some(true)) {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        there.await.context("the window shows nothing")
    }

    /// Calls a function of the script.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        function: &str,
        arguments: &[Value],
    ) -> Result<T> {
        let script = format!(
            "const given = [...arguments]; const done = given.pop(); \
             (async () => window.latchkeyBench.{function}(...given))().then(\
             (value) => done({{ value: value ?? null }}), \
             (error) => done({{ error: String(error) }}))"
        );
        let answer = self.page.execute_async(script, arguments.to_vec()).await;
        let answer = answer.with_context(|| format!("{function}{arguments:?} does not end"))?;
        match serde_json::from_value(answer.json().clone())? {
            Outcome::Value(value) => Ok(value),
            Outcome::Error(error) => bail!("{function}{arguments:?}: {error}"),
        }
    }

    /// Waits until nothing is asked for.
    pub(super) async fn quiet(&self) -> Result<()> {
        self.call("quiet", &[]).await
    }

    /// Types into the field that a function names, key by key, and takes the time after the last.
    pub(super) async fn type_into(&self, function: &str, text: &str) -> Result<Taken> {
        self.call::<()>(function, &[json!(text)]).await?;
        let field = self.page.active_element().await?;
        let mut rhythm = tokio::time::interval(BETWEEN_KEYS);
        for letter in text.chars() {
            rhythm.tick().await;
            field.send_keys(letter.to_string()).await?;
        }
        self.call("awaited", &[]).await
    }

    /// Closes the window.
    pub(super) async fn close(self) -> Result<()> {
        Ok(self.page.quit().await?)
    }
}
