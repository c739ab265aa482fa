//! Friendly names as customers give them: the same for the same number, in several scripts, most words common and one rare.

const PLACES: [&str; 12] = [
    "Reception",
    "Office",
    "Workshop",
    "Lager",
    "Büro",
    "Werkstatt",
    "Empfang",
    "Laptop",
    "受付端末",
    "会議室",
    "Приёмная",
    "Notebook",
];
const TOWNS: [&str; 11] = [
    "Berlin", "Hamburg", "Osaka", "大阪", "Lyon", "Łódź", "Zürich", "Kraków", "London", "Porto",
    "Київ",
];

/// The rare word, in one name of 200,000.
pub(crate) const RARE: &str = "Quetzal";

/// A friendly name.
pub(crate) fn friendly_name(number: usize) -> String {
    let pick =
        |words: &[&'static str], by: usize| words.get(by % words.len()).copied().unwrap_or("PC");
    let place = if number % 200_000 == 777 {
        RARE
    } else {
        pick(&PLACES, number)
    };
    let town = pick(&TOWNS, number / 7);
    format!("{place} {town} {:05}", number.wrapping_mul(7919) % 100_000)
}

/// A list as customers' IT collects it: machine code, tab, friendly name.
pub(crate) fn list(from: usize, lines: usize) -> Vec<u8> {
    let mut text = String::new();
    for number in from..from + lines {
        text.push_str(&format!("M-{number:010}\t{}\n", friendly_name(number)));
    }
    text.into_bytes()
}
