//! The window from outside, as it stands on the display: keys, menus, sizes, other windows, and
//! pictures with what the program draws around its page.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::built;
use crate::window::harness::{PATIENCE, Window, xdotool};

/// How long a menu takes to be drawn: nothing outside of the program can tell.
const DRAWN: Duration = Duration::from_millis(700);

/// A window whose page is not drawn yet has fewer colours.
const COLOURS: u32 = 250;

/// Finds the program's windows: their titles end in its name.
const SEARCH: [&str; 4] = ["search", "--onlyvisible", "--name", "Latchkey$"];

impl Window {
    /// Presses keys, one after the other, as they are named by X.
    pub(crate) async fn keys(&self, keys: &[&str]) {
        let last = self.windows().await.pop().expect("there is no window");
        xdotool(&["windowfocus", "--sync", &last]).await;
        xdotool(&[&["key", "--delay", "60"], keys].concat()).await;
    }

    /// Ends the program as a person does, and waits until it has ended.
    pub(crate) async fn quit(self) {
        self.keys(&["ctrl+q"]).await;
        self.ends().await;
    }

    /// Opens a menu by its letter and goes down to an entry.
    pub(crate) async fn menu(&self, letter: &str, down: usize) {
        self.keys(&[letter]).await;
        tokio::time::sleep(DRAWN).await;
        let downs = vec!["Down"; down];
        if !downs.is_empty() {
            xdotool(&[&["key", "--delay", "60"], &downs[..]].concat()).await;
        }
    }

    /// Waits until the program has so many windows.
    pub(crate) async fn windows_are(&self, count: usize) {
        let waited = tokio::time::timeout(PATIENCE, async {
            while self.windows().await.len() != count {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        if waited.await.is_err() {
            panic!("there are {:?} and not {count}", self.windows().await);
        }
    }

    /// The size of the first window, without the program's own frame.
    pub(crate) async fn size(&self) -> String {
        let first = self.windows().await.remove(0);
        xdotool(&["getwindowgeometry", "--shell", &first]).await
    }

    /// Makes the first window this large, at this place.
    pub(crate) async fn place(&self, x: u32, y: u32, width: u32, height: u32) {
        let first = self.windows().await.remove(0);
        let of = |numbers: [u32; 2]| numbers.map(|number| number.to_string());
        let ([width, height], [x, y]) = (of([width, height]), of([x, y]));
        xdotool(&["windowsize", "--sync", &first, &width, &height]).await;
        xdotool(&["windowmove", &first, &x, &y]).await;
        tokio::time::sleep(DRAWN).await;
    }

    /// Runs a script in the page; answers what it returns, as text.
    pub(crate) async fn script(&self, script: &str) -> String {
        let answer = self.page.execute(script, Vec::new()).await.unwrap();
        match answer.json() {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }

    /// Waits until a script returns this.
    pub(crate) async fn script_says(&self, script: &str, text: &str) {
        let waited = tokio::time::timeout(PATIENCE, async {
            while self.script(script).await != text {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        if waited.await.is_err() {
            panic!("{script:?} returns {:?}", self.script(script).await);
        }
    }

    /// Keeps a picture of the whole display in `target/screenshots`.
    pub(crate) async fn screen(&mut self, what: &str) {
        self.pictures += 1;
        let name = format!("window-{}-{:02}-{what}.png", self.name, self.pictures);
        let path = built::output("screenshots").join(name);
        let waited = tokio::time::timeout(PATIENCE, async {
            tokio::time::sleep(DRAWN).await;
            while colours_of_screen(&path).await < COLOURS {
                tokio::time::sleep(DRAWN).await;
            }
        });
        assert!(waited.await.is_ok(), "the page of {what} is not drawn");
    }

    /// Drags a file from another program onto the middle of the window.
    pub(crate) async fn drop_file(&self, file: &Path) {
        let mut source = Command::new(built::program("examples/drag_source"));
        let mut source = source.arg(file).spawn().unwrap();
        let search = [
            "search",
            "--sync",
            "--onlyvisible",
            "--name",
            "^Drag source$",
        ];
        let id = xdotool(&search).await;
        xdotool(&["windowmove", "--sync", id.trim(), "20", "835"]).await;
        xdotool(&["mousemove", "80", "865", "mousedown", "1"]).await;
        for (x, y) in [(90, 860), (120, 800), (300, 600), (500, 450), (510, 445)] {
            let (x, y) = (x.to_string(), y.to_string());
            xdotool(&["mousemove", &x, &y]).await;
            tokio::time::sleep(DRAWN / 3).await;
        }
        xdotool(&["mouseup", "1"]).await;
        tokio::time::sleep(DRAWN).await;
        let _ = source.kill();
        let _ = source.wait();
    }

    async fn windows(&self) -> Vec<String> {
        // Without a window the search fails.
        let found = tokio::process::Command::new("xdotool")
            .args(SEARCH)
            .output();
        let found = found.await.unwrap();
        let text = String::from_utf8_lossy(&found.stdout);
        text.lines().map(str::to_owned).collect()
    }
}

/// Keeps a picture of the display; answers how many colours are in it.
async fn colours_of_screen(path: &Path) -> u32 {
    let path = path.to_str().unwrap();
    magick("import", &["-window", "root", path]).await;
    let colours = magick("identify", &["-format", "%k", path]).await;
    colours.trim().parse().unwrap()
}

async fn magick(program: &str, arguments: &[&str]) -> String {
    let mut command = tokio::process::Command::new(program);
    let output = command.args(arguments).output().await;
    let output = output.unwrap_or_else(|error| {
        panic!("{program} does not start ({error}): install the package imagemagick")
    });
    assert!(output.status.success(), "{program} makes no picture");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
