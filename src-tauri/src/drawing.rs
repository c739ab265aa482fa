//! How pages are drawn: by the graphics device where there is one, and by the processor where there is none, as on a
//! virtual machine or a remote desktop. There the web view would have the processor play a graphics device for each
//! figure and letter, which takes half a second for every kind that is drawn for the first time.

use std::path::Path;

use webkit2gtk::glib;

/// Where Linux lists graphics devices (<https://docs.kernel.org/gpu/drm-uapi.html>).
const DEVICES: &str = "/dev/dri";

/// How those are called that draw.
const RENDERER: &str = "renderD";

/// Has the web view draw with the processor, of its environment variables
/// (<https://trac.webkit.org/wiki/EnvironmentVariables>).
const BY_PROCESSOR: &str = "WEBKIT_SKIA_ENABLE_CPU_RENDERING";

/// Has pages drawn by the processor if nothing else can, and nobody said otherwise. To be called before anything else
/// runs: the environment is everybody's.
pub(crate) fn choose() {
    if has_renderer(Path::new(DEVICES)) {
        return;
    }
    if let Err(error) = glib::setenv(BY_PROCESSOR, "1", false) {
        tracing::warn!(%error, "pages are not drawn by the processor");
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
