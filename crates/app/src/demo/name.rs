//! Machines as people who look after them call them.

use latchkey_domain::text::{FriendlyName, MachineCode};

use super::dice::Dice;
use crate::Refused;

/// In which language a customer's IT names machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    German,
    English,
    Japanese,
    Chinese,
    Korean,
    Cyrillic,
    Arabic,
    Hebrew,
    Greek,
    Turkish,
    French,
}

impl Language {
    /// What names begin with, and what may stand behind the number.
    fn words(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::German => (
                &[
                    "CAD",
                    "Prüfstand",
                    "Büro",
                    "LAPTOP",
                    "Fräse",
                    "Messraum",
                    "PC Empfang",
                ],
                &[
                    "Konstruktion",
                    "Halle B",
                    "Frau Öztürk",
                    "2. OG links",
                    "nicht ausschalten!",
                    "Jürgen",
                ],
            ),
            Self::English => (
                &[
                    "WS",
                    "build-agent",
                    "LAB-PC",
                    "DESKTOP",
                    "kiosk",
                    "Meeting room",
                    "MacBook",
                ],
                &["Design", "loan laptop", "Bldg 4", "old", "spare", "O'Neill"],
            ),
            Self::Japanese => (
                &[
                    "WS-Tokyo-東京",
                    "設計室",
                    "大阪工場",
                    "ノートPC",
                    "検査ライン",
                ],
                &["予備", "田中さん", "第二工場", "３階"],
            ),
            Self::Chinese => (
                &["工作站", "上海", "实验室", "办公室电脑"],
                &["备用", "二楼", "王工", "生产线"],
            ),
            Self::Korean => (
                &["설계팀", "서울-WS", "검사실", "노트북"],
                &["예비", "김대리", "2층"],
            ),
            Self::Cyrillic => (
                &["Бухгалтерия ПК", "Цех", "Лаборатория", "Ноутбук", "КБ"],
                &["запасной", "Иванов", "2 этаж", "Дніпро"],
            ),
            Self::Arabic => (
                &["محطة", "المختبر", "مكتب التصميم", "حاسوب"],
                &["احتياطي", "الطابق الثاني", "أحمد"],
            ),
            Self::Hebrew => (&["תחנה", "מעבדה", "מחשב נייד"], &["רזרבי", "קומה 2"]),
            Self::Greek => (
                &["Σταθμός", "Εργαστήριο", "Φορητός"],
                &["εφεδρικός", "2ος όροφος"],
            ),
            Self::Turkish => (
                &["İSTANBUL-PC", "Atölye", "Dizüstü", "Ölçüm"],
                &["yedek", "Işıl", "2. kat"],
            ),
            Self::French => (
                &["POSTE", "Atelier", "Bureau d’études", "Portable"],
                &["2e étage", "prêt", "Hélène"],
            ),
        }
    }
}

/// A friendly name such as "CAD-07 Konstruktion".
pub(super) fn friendly_name(
    dice: &Dice,
    language: Language,
    number: u32,
) -> Result<FriendlyName, Refused> {
    let (beginnings, ends) = language.words();
    let beginning = dice.word(beginnings);
    let name = match dice.below(5) {
        0 => format!("{beginning} {number} ({})", dice.word(ends)),
        1 => format!("{beginning}-{number:03}"),
        2 => format!("{beginning} {number}"),
        _ => format!("{beginning}-{number:02} {}", dice.word(ends)),
    };
    Ok(FriendlyName::parse(&name)?)
}

/// A machine code such as apps report: a UUID of the mainboard, a serial number, or a hash.
pub(super) fn machine_code(dice: &Dice) -> Result<MachineCode, Refused> {
    let part = || dice.below(u32::MAX);
    let code = match dice.below(4) {
        0 => format!("5CG{:06}{:04X}", dice.below(1_000_000), part() & 0xffff),
        1 => format!("{:08x}{:08x}{:08x}{:08x}", part(), part(), part(), part()),
        _ => format!(
            "{:08X}-{:04X}-{:04X}-{:04X}-{:08X}{:04X}",
            part(),
            part() & 0xffff,
            part() & 0xffff,
            part() & 0xffff,
            part(),
            part() & 0xffff
        ),
    };
    Ok(MachineCode::parse(&code)?)
}
