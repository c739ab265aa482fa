//! A small window that gives away a file when it is dragged: what the window's tests have in place
//! of a file manager.

use gtk::gdk::{DragAction, ModifierType};
use gtk::prelude::*;
use gtk::{EventBox, Label, TargetEntry, TargetFlags, Window, WindowType};

fn main() -> Result<(), gtk::glib::Error> {
    let path = std::env::args_os().nth(1).unwrap_or_default();
    let address = gtk::glib::filename_to_uri(path, None)?;
    if gtk::init().is_err() {
        return Ok(());
    }
    let place = EventBox::new();
    place.add(&Label::new(Some("Drag me")));
    let kinds = [TargetEntry::new("text/uri-list", TargetFlags::empty(), 0)];
    place.drag_source_set(ModifierType::BUTTON1_MASK, &kinds, DragAction::COPY);
    place.connect_drag_data_get(move |_, _, data, _, _| {
        data.set_uris(&[address.as_str()]);
    });
    let window = Window::new(WindowType::Toplevel);
    window.set_title("Drag source");
    window.set_default_size(160, 60);
    window.add(&place);
    window.show_all();
    gtk::main();
    Ok(())
}
