//! How the program looks and speaks, as the person chose: kept between starts, so that the menu
//! and the pages before the UI speak as the UI does.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager as _, Theme};

use crate::desk::Desk;
use crate::words::Language;
use crate::{ambient, menu, whole_file};

/// The name of the file in the program's configuration folder.
const FILE: &str = "look.json";

/// Steps of the zoom, in percent.
const ZOOMS: &[u16] = &[50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300];

/// Without a zoom.
const ACTUAL: u16 = 100;

/// Something of the UI's that the menu offers: a page by its address, a theme by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Choice {
    /// What the UI knows it by.
    pub(crate) id: String,
    /// What it is called, in the person's language.
    pub(crate) text: String,
}

/// What the UI tells of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct UiLook {
    /// The language.
    pub(crate) language: Language,
    /// The theme in use.
    pub(crate) theme: String,
    /// All themes.
    pub(crate) themes: Vec<Choice>,
    /// All pages, in groups.
    pub(crate) pages: Vec<Vec<Choice>>,
}

/// How the program looks and speaks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Look {
    /// What the UI told.
    #[serde(flatten)]
    pub(crate) ui: UiLook,
    zoom_percent: u16,
}

impl Default for Look {
    fn default() -> Self {
        let language = Language::of_locale(&ambient::locale());
        Self {
            ui: UiLook {
                language,
                ..UiLook::default()
            },
            zoom_percent: ACTUAL,
        }
    }
}

impl Look {
    /// What was kept, or what the system has.
    pub(crate) fn kept(app: &AppHandle) -> Self {
        let text = file(app).and_then(|path| Ok(std::fs::read_to_string(path)?));
        text.ok()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// The factor by which pages are drawn larger.
    pub(crate) fn zoom(&self) -> f64 {
        f64::from(self.zoom_percent) / f64::from(ACTUAL)
    }

    fn zoomed(&self, by: Zoom) -> u16 {
        let now = self.zoom_percent;
        match by {
            Zoom::In => ZOOMS.iter().copied().find(|percent| *percent > now),
            Zoom::Out => ZOOMS.iter().copied().rfind(|percent| *percent < now),
            Zoom::Actual => Some(ACTUAL),
        }
        .unwrap_or(now)
    }
}

/// What can be done to the zoom.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Zoom {
    /// One step larger.
    In,
    /// One step smaller.
    Out,
    /// As it is without.
    Actual,
}

/// Takes over what the UI tells.
pub(crate) fn set(app: &AppHandle, ui: UiLook) {
    if app.state::<Desk>().look().ui == ui {
        return;
    }
    change(app, |look| look.ui = ui);
    apply_theme(app);
    menu::show_everywhere(app);
}

/// Draws all windows larger or smaller.
pub(crate) fn zoom(app: &AppHandle, by: Zoom) {
    change(app, |look| look.zoom_percent = look.zoomed(by));
    let zoom = app.state::<Desk>().look().zoom();
    for (label, window) in app.webview_windows() {
        if let Err(error) = window.set_zoom(zoom) {
            tracing::warn!("the window {label} is not zoomed: {error}");
        }
    }
}

/// Draws the windows' own frames and menus in the chosen theme.
pub(crate) fn apply_theme(app: &AppHandle) {
    app.set_theme(match app.state::<Desk>().look().ui.theme.as_str() {
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        _ => None,
    });
}

fn change(app: &AppHandle, change: impl FnOnce(&mut Look)) {
    let desk = app.state::<Desk>();
    let mut look = desk.look();
    change(&mut look);
    desk.set_look(look.clone());
    if let Err(error) = keep(app, &look) {
        tracing::warn!("how the window looks is not kept: {error:#}");
    }
}

fn keep(app: &AppHandle, look: &Look) -> anyhow::Result<()> {
    let path = file(app)?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(whole_file::write(&path, &serde_json::to_vec(look)?)?)
}

fn file(app: &AppHandle) -> anyhow::Result<PathBuf> {
    Ok(app.path().app_config_dir()?.join(FILE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(zoom_percent: u16) -> Look {
        Look {
            ui: UiLook::default(),
            zoom_percent,
        }
    }

    #[test]
    fn the_zoom_has_steps_and_ends() {
        assert_eq!(at(100).zoomed(Zoom::In), 110);
        assert_eq!(at(100).zoomed(Zoom::Out), 90);
        assert_eq!(at(300).zoomed(Zoom::In), 300);
        assert_eq!(at(50).zoomed(Zoom::Out), 50);
        assert_eq!(at(175).zoomed(Zoom::Actual), 100);
    }

    #[test]
    fn a_look_is_read_as_it_was_kept() {
        let kept = r#"{"language":"de","theme":"dark","themes":[{"id":"dark","text":"Dunkel"}],
            "pages":[[{"id":"/licenses","text":"Lizenzen"}]],"zoom_percent":125}"#;
        let look: Look = serde_json::from_str(kept).unwrap();
        assert_eq!(look.ui.language, Language::German);
        let again: Look = serde_json::from_str(&serde_json::to_string(&look).unwrap()).unwrap();
        assert_eq!(again.ui, look.ui);
        assert_eq!(again.zoom_percent, 125);
    }
}
