//! What the web view is told before it starts, by its environment variables.
//!
//! Pages are drawn by the graphics device where there is one, and by the processor where there is none, as on a virtual
//! machine or a remote desktop. There the web view would have the processor play a graphics device for each figure and
//! letter, which takes half a second for every kind that is drawn for the first time. And there scrollbars stay in sight:
//! those that lie over a page and fade away have all of the window put together again in each frame, for three and a half
//! seconds whenever one has been shown, which keeps two cores busy.
//!
//! And what a page has thrown away is collected once it is much, not only once it is much for a machine with much memory:
//! rows that were scrolled by would be kept by the ten thousand, almost a megabyte more with each second.

use std::path::Path;

use webkit2gtk::glib;

/// Where Linux lists graphics devices (<https://docs.kernel.org/gpu/drm-uapi.html>).
const DEVICES: &str = "/dev/dri";

/// How those are called that draw.
const RENDERER: &str = "renderD";

/// Has the web view draw with the processor (<https://trac.webkit.org/wiki/EnvironmentVariables>).
const BY_PROCESSOR: (&str, &str) = ("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1");

/// Has scrollbars stay, as the setting `gtk-overlay-scrolling` does for all programs
/// (<https://docs.gtk.org/gtk3/property.Settings.gtk-overlay-scrolling.html>): GTK and the web view look at both.
const SCROLLBARS_STAY: (&str, &str) = ("GTK_OVERLAY_SCROLLING", "0");

/// The memory of the machine, as the collector of garbage is to believe, in bytes: 512 MiB. A page that holds less than four
/// fifths of it is collected as ever, and above that more often (`overCriticalMemoryThreshold` in WebKit's
/// `Source/JavaScriptCore/heap/Heap.cpp`). With 352 MiB a page on a large store was above that, and collected twice as often
/// while somebody clicked; with 128 a key was once kept waiting for 109 ms.
const MEMORY: (&str, &str) = ("JSC_forceRAMSize", "536870912");

/// What a page's objects may take at least before they are collected, in bytes: 48 MiB instead of 32. A collection takes
/// both cores of a small machine for a tenth of a second, and there were two or three while a word was typed. With 64 MiB
/// five minutes of scrolling took 51 MB, with 128 more than 200.
const OBJECTS: (&str, &str) = ("JSC_largeHeapSize", "50331648");

/// Tells the web view what nobody told it otherwise. To be called before anything else runs: the environment is
/// everybody's.
pub(crate) fn prepare() {
    tell(MEMORY);
    tell(OBJECTS);
    if !has_renderer(Path::new(DEVICES)) {
        tell(BY_PROCESSOR);
        tell(SCROLLBARS_STAY);
    }
}

fn tell((name, value): (&str, &str)) {
    if let Err(error) = glib::setenv(name, value, false) {
        tracing::warn!(%error, name, "the web view is not told");
    }
}

fn has_renderer(devices: &Path) -> bool {
    std::fs::read_dir(devices).is_ok_and(|mut devices| {
        devices.any(|device| {
            device.is_ok_and(|device| device.file_name().to_string_lossy().starts_with(RENDERER))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_only_shows_pictures_draws_none() {
        let folder = tempfile::tempdir().unwrap();
        let devices = folder.path().join("dri");
        assert!(!has_renderer(&devices), "there is no such folder");
        std::fs::create_dir(&devices).unwrap();
        std::fs::write(devices.join("card0"), "").unwrap();
        assert!(!has_renderer(&devices));
        std::fs::write(devices.join("renderD128"), "").unwrap();
        assert!(has_renderer(&devices));
    }
}
