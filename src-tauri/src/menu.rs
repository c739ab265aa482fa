//! The menu of a window: what stands in it, and what choosing an entry does. What concerns the
//! window is done here; the rest is the UI's, which learns of it by an event.

use tauri::menu::{
    AboutMetadata, CheckMenuItem, IsMenuItem, Menu, MenuEvent, MenuItem, MenuItemKind,
    PredefinedMenuItem, Submenu,
};
use tauri::{AppHandle, Emitter as _, Manager as _, WebviewWindow, Wry};

use crate::desk::Desk;
use crate::look::{self, Look, Zoom};
use crate::window;
use crate::words::Words;

/// Between a window's label and an entry, in the id of a menu's entry.
const OF: char = '|';

/// The beginnings of the entries that the UI named.
const PAGE: &str = "page:";
const THEME: &str = "theme:";

/// Gives a window its menu. While it shows a page from before the store is open, what only the UI
/// can do is shown disabled.
pub(crate) fn show(window: &WebviewWindow, has_ui: bool) {
    let shown = of(window.app_handle(), window.label(), has_ui).and_then(|menu| {
        if let Some(before) = window.menu() {
            forget_keys(&before.items()?)?;
        }
        window.set_menu(menu)?;
        Ok(())
    });
    if let Err(error) = shown {
        tracing::warn!("the window {} has no menu: {error}", window.label());
    }
}

/// Takes the keys from the entries of a menu that is to go: it would complain of each otherwise.
fn forget_keys(items: &[MenuItemKind<Wry>]) -> tauri::Result<()> {
    for item in items {
        match item {
            MenuItemKind::MenuItem(item) => item.set_accelerator(None::<&str>)?,
            MenuItemKind::Submenu(menu) => forget_keys(&menu.items()?)?,
            _ => {}
        }
    }
    Ok(())
}

/// Gives all windows their menus anew, as the UI has asked for.
pub(crate) fn show_everywhere(app: &AppHandle) {
    for window in app.webview_windows().values() {
        show(window, true);
    }
}

/// The menu of a window that is about to open.
pub(crate) fn of(app: &AppHandle, label: &str, has_ui: bool) -> tauri::Result<Menu<Wry>> {
    Builder {
        app,
        label,
        has_ui,
        look: app.state::<Desk>().look(),
    }
    .menu()
}

struct Builder<'a> {
    app: &'a AppHandle,
    label: &'a str,
    has_ui: bool,
    look: Look,
}

/// Boxes of different entries.
type Entry = Box<dyn IsMenuItem<Wry>>;

impl Builder<'_> {
    fn menu(&self) -> tauri::Result<Menu<Wry>> {
        let words = self.look.ui.language.words();
        Menu::with_items(
            self.app,
            &[
                &self.submenu(words.get("menu_file"), &self.file()?)?,
                &self.submenu(words.get("menu_edit"), &self.edit()?)?,
                &self.submenu(words.get("menu_view"), &self.view(words)?)?,
                &self.submenu(words.get("menu_go"), &self.go()?)?,
                &self.submenu(words.get("menu_help"), &self.help(words)?)?,
            ],
        )
    }

    fn file(&self) -> tauri::Result<Vec<Entry>> {
        Ok(vec![
            self.entry("menu_new_window", "new-window", "Ctrl+N")?,
            self.ui_entry("menu_open_file", "open-file", "Ctrl+O")?,
            self.line()?,
            self.entry("menu_connections", "connections", "")?,
            self.line()?,
            self.entry("menu_close", "close", "Ctrl+W")?,
            self.entry("menu_quit", "quit", "Ctrl+Q")?,
        ])
    }

    /// Select all has no key of its own here: where no text has the focus, the page has a use
    /// for it.
    fn edit(&self) -> tauri::Result<Vec<Entry>> {
        Ok(vec![
            self.entry("menu_undo", "Undo", "Ctrl+Z")?,
            self.entry("menu_redo", "Redo", "Ctrl+Shift+Z")?,
            self.line()?,
            self.entry("menu_cut", "Cut", "Ctrl+X")?,
            self.entry("menu_copy", "Copy", "Ctrl+C")?,
            self.entry("menu_paste", "Paste", "Ctrl+V")?,
            self.entry("menu_select_all", "SelectAll", "")?,
        ])
    }

    fn view(&self, words: &Words) -> tauri::Result<Vec<Entry>> {
        let mut entries = vec![
            self.entry("menu_reload", "reload", "Ctrl+R")?,
            self.line()?,
            self.entry("menu_zoom_in", "zoom-in", "Ctrl+=")?,
            self.entry("menu_zoom_out", "zoom-out", "Ctrl+-")?,
            self.entry("menu_zoom_actual", "zoom-actual", "Ctrl+0")?,
        ];
        let themes = self.look.ui.themes.iter().map(|theme| {
            let is_chosen = theme.id == self.look.ui.theme;
            let id = self.id(&format!("{THEME}{}", theme.id));
            let text = plain(&theme.text);
            let item =
                CheckMenuItem::with_id(self.app, id, text, self.has_ui, is_chosen, None::<&str>)?;
            Ok(Box::new(item) as Entry)
        });
        let themes: Vec<Entry> = themes.collect::<tauri::Result<_>>()?;
        if !themes.is_empty() {
            entries.push(self.line()?);
            entries.push(Box::new(self.submenu(words.get("menu_theme"), &themes)?));
        }
        Ok(entries)
    }

    fn go(&self) -> tauri::Result<Vec<Entry>> {
        let mut entries = vec![
            self.ui_entry("menu_back", "back", "Alt+Left")?,
            self.ui_entry("menu_forward", "forward", "Alt+Right")?,
            self.line()?,
            self.ui_entry("menu_search", "search", "")?,
        ];
        for group in &self.look.ui.pages {
            entries.push(self.line()?);
            for page in group {
                let id = self.id(&format!("{PAGE}{}", page.id));
                let text = plain(&page.text);
                let item = MenuItem::with_id(self.app, id, text, self.has_ui, None::<&str>)?;
                entries.push(Box::new(item));
            }
        }
        Ok(entries)
    }

    fn help(&self, words: &Words) -> tauri::Result<Vec<Entry>> {
        let about = AboutMetadata {
            name: Some("Latchkey".to_owned()),
            version: Some(self.app.package_info().version.to_string()),
            comments: Some(words.get("menu_about_text").to_owned()),
            icon: self.app.default_window_icon().cloned(),
            ..AboutMetadata::default()
        };
        let about =
            PredefinedMenuItem::about(self.app, Some(words.get("menu_about")), Some(about))?;
        Ok(vec![
            self.ui_entry("menu_shortcuts", "shortcuts", "")?,
            self.line()?,
            Box::new(about),
        ])
    }

    /// An entry that works on every page.
    fn entry(&self, key: &str, entry: &str, accelerator: &str) -> tauri::Result<Entry> {
        self.item(key, entry, accelerator, true)
    }

    /// An entry that only the UI can do.
    fn ui_entry(&self, key: &str, entry: &str, accelerator: &str) -> tauri::Result<Entry> {
        self.item(key, entry, accelerator, self.has_ui)
    }

    fn item(
        &self,
        key: &str,
        entry: &str,
        accelerator: &str,
        enabled: bool,
    ) -> tauri::Result<Entry> {
        let text = self.look.ui.language.words().get(key);
        let accelerator = Some(accelerator).filter(|keys| !keys.is_empty());
        let item = MenuItem::with_id(self.app, self.id(entry), text, enabled, accelerator)?;
        Ok(Box::new(item))
    }

    fn line(&self) -> tauri::Result<Entry> {
        Ok(Box::new(PredefinedMenuItem::separator(self.app)?))
    }

    fn submenu(&self, text: &str, entries: &[Entry]) -> tauri::Result<Submenu<Wry>> {
        let entries: Vec<&dyn IsMenuItem<Wry>> = entries.iter().map(AsRef::as_ref).collect();
        Submenu::with_items(self.app, text, true, &entries)
    }

    fn id(&self, entry: &str) -> String {
        format!("{}{OF}{entry}", self.label)
    }
}

/// A text in which nothing is taken for the letter that chooses the entry.
fn plain(text: &str) -> String {
    text.replace('&', "&&")
}

/// Does what was chosen.
#[expect(
    clippy::needless_pass_by_value,
    reason = "what Tauri hands to its listener"
)]
pub(crate) fn on_event(app: &AppHandle, event: MenuEvent) {
    let Some((label, entry)) = event.id().as_ref().split_once(OF) else {
        return;
    };
    let Some(of) = app.get_webview_window(label) else {
        return;
    };
    if let Err(error) = chosen(app, &of, entry) {
        tracing::error!("the menu's {entry} is not done: {error:#}");
    }
}

fn chosen(app: &AppHandle, of: &WebviewWindow, entry: &str) -> anyhow::Result<()> {
    match entry {
        "new-window" => window::open_beside(app, None)?,
        "connections" => window::show_connections(app, of.label()),
        "close" => of.close()?,
        "quit" => app.exit(0),
        "reload" => of.reload()?,
        "Undo" | "Redo" | "Cut" | "Copy" | "Paste" | "SelectAll" => edit(of, entry)?,
        "zoom-in" => look::zoom(app, Zoom::In),
        "zoom-out" => look::zoom(app, Zoom::Out),
        "zoom-actual" => look::zoom(app, Zoom::Actual),
        _ => {
            if entry.starts_with(THEME) {
                // A mark follows each press; the look decides which one stays.
                show(of, true);
            }
            of.emit_to(of.label(), "menu", entry)?;
        }
    }
    Ok(())
}

/// Edits the text that has the focus, as the view's own keys do.
fn edit(window: &WebviewWindow, command: &str) -> tauri::Result<()> {
    let command = command.to_owned();
    window.with_webview(move |view| {
        use webkit2gtk::WebViewExt as _;
        view.inner().execute_editing_command(&command);
    })
}
