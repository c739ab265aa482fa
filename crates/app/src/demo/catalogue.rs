//! What the demo's vendor sells, and to whom.

use latchkey_domain::policy::Term;

use super::name::Language;

/// A product with its features and policies.
pub(super) struct Product {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) days_ago: u32,
    /// Code and name.
    pub(super) features: &'static [(&'static str, &'static str)],
    pub(super) policies: &'static [Policy],
}

/// A policy of a product.
pub(super) struct Policy {
    pub(super) name: &'static str,
    pub(super) term: Term,
    pub(super) seats_max: u32,
    pub(super) node_locked: bool,
    /// Codes.
    pub(super) features: &'static [&'static str],
    pub(super) license_file_days: u32,
    pub(super) retired: bool,
    /// What a seat costs.
    pub(super) euros: u32,
}

/// A customer, and how many licenses it has.
pub(super) struct Customer {
    pub(super) name: &'static str,
    pub(super) email: &'static str,
    pub(super) reference: &'static str,
    pub(super) language: Language,
    pub(super) licenses: u32,
}

const fn policy(
    name: &'static str,
    term: Term,
    seats_max: u32,
    features: &'static [&'static str],
    euros: u32,
) -> Policy {
    Policy {
        name,
        term,
        seats_max,
        node_locked: true,
        features,
        license_file_days: 90,
        retired: false,
        euros,
    }
}

pub(super) const PRODUCTS: &[Product] = &[
    Product {
        code: "konstrukt",
        name: "Konstrukt CAD",
        days_ago: 730,
        features: &[
            ("modelling", "3D modelling"),
            ("drawing", "Drawings"),
            ("simulation", "Simulation (FEM)"),
            ("cam", "CAM export"),
        ],
        policies: &[
            policy(
                "Konstrukt Team",
                Term::Months { months: 12 },
                10,
                &["modelling", "drawing"],
                390,
            ),
            Policy {
                license_file_days: 365,
                ..policy(
                    "Konstrukt Enterprise",
                    Term::Months { months: 36 },
                    100,
                    &["modelling", "drawing", "simulation", "cam"],
                    980,
                )
            },
            policy(
                "Konstrukt Trial",
                Term::Days { days: 30 },
                3,
                &["modelling"],
                0,
            ),
        ],
    },
    Product {
        code: "lab-analyzer",
        name: "Lab Analyzer",
        days_ago: 720,
        features: &[
            ("spectra", "Spectra"),
            ("batch", "Batch runs"),
            ("audit-trail", "Audit trail (21 CFR 11)"),
        ],
        policies: &[
            policy("Lab Single", Term::Perpetual, 1, &["spectra"], 1200),
            Policy {
                node_locked: false,
                ..policy(
                    "Lab Department",
                    Term::Months { months: 12 },
                    10,
                    &["spectra", "batch", "audit-trail"],
                    640,
                )
            },
        ],
    },
    Product {
        code: "fleetview",
        name: "FleetView",
        days_ago: 710,
        features: &[("map", "Live map"), ("maintenance", "Maintenance planning")],
        policies: &[
            policy(
                "FleetView Standard",
                Term::Months { months: 12 },
                20,
                &["map"],
                95,
            ),
            Policy {
                retired: true,
                ..policy(
                    "FleetView Classic",
                    Term::Perpetual,
                    5,
                    &["map", "maintenance"],
                    240,
                )
            },
        ],
    },
];

const fn customer(
    name: &'static str,
    email: &'static str,
    reference: &'static str,
    language: Language,
    licenses: u32,
) -> Customer {
    Customer {
        name,
        email,
        reference,
        language,
        licenses,
    }
}

pub(super) const CUSTOMERS: &[Customer] = &[
    customer(
        "Nordwind Maschinenbau GmbH",
        "it@nordwind.example",
        "K-1001",
        Language::German,
        5,
    ),
    customer(
        "Müller & Söhne Präzisionsteile KG",
        "admin@mueller-soehne.example",
        "K-1002",
        Language::German,
        3,
    ),
    customer(
        "Große Straßenbau AG",
        "edv@grosse-strassenbau.example",
        "K-1003",
        Language::German,
        2,
    ),
    customer(
        "Brontë & Daughters Ltd",
        "support@bronte.example",
        "K-1004",
        Language::English,
        3,
    ),
    customer(
        "O'Neill, Park & Partners LLC",
        "it@oneillpark.example",
        "K-1005",
        Language::English,
        4,
    ),
    customer(
        "Ångström Instruments AB",
        "drift@angstrom.example",
        "K-1006",
        Language::English,
        2,
    ),
    customer(
        "東京精密工業株式会社",
        "jouhou@tokyo-seimitsu.example",
        "K-1007",
        Language::Japanese,
        4,
    ),
    customer("株式会社さくら設計", "", "K-1008", Language::Japanese, 2),
    customer(
        "上海华信科技有限公司",
        "it@huaxin.example",
        "K-1009",
        Language::Chinese,
        3,
    ),
    customer(
        "대한정밀 주식회사",
        "it@daehan.example",
        "K-1010",
        Language::Korean,
        2,
    ),
    customer("ООО «Северный ветер»", "", "K-1011", Language::Cyrillic, 2),
    customer(
        "ТОВ «Дніпро Механіка»",
        "it@dnipro-mech.example",
        "K-1012",
        Language::Cyrillic,
        2,
    ),
    customer(
        "شركة النور للهندسة",
        "it@alnoor.example",
        "K-1013",
        Language::Arabic,
        3,
    ),
    customer(
        "אור הנדסה בע״מ",
        "it@or-eng.example",
        "",
        Language::Hebrew,
        1,
    ),
    customer(
        "Ελληνικά Ναυπηγεία Α.Ε.",
        "it@nafpigeia.example",
        "K-1015",
        Language::Greek,
        2,
    ),
    customer(
        "İstanbul Gemi Sanayi A.Ş.",
        "bilgi@gemi.example",
        "K-1016",
        Language::Turkish,
        2,
    ),
    customer(
        "Société d’Études Thermiques de Besançon",
        "dsi@set-besancon.example",
        "K-1017",
        Language::French,
        3,
    ),
    customer(
        "Łódzkie Zakłady Optyczne sp. z o.o.",
        "it@lzo.example",
        "K-1018",
        Language::English,
        2,
    ),
    customer(
        "Universidad Politécnica de Añasco",
        "soporte@upa.example",
        "K-1019",
        Language::English,
        4,
    ),
    customer(
        "भारत यंत्र उद्योग",
        "it@bharatyantra.example",
        "K-1020",
        Language::English,
        2,
    ),
    customer(
        "บริษัท สยามวิศวกรรม จำกัด",
        "it@siam-eng.example",
        "K-1021",
        Language::English,
        1,
    ),
    customer(
        "Công ty Cơ khí Hà Nội",
        "it@cokhi-hanoi.example",
        "",
        Language::English,
        1,
    ),
    customer(
        "Arbeitsgemeinschaft der öffentlich-rechtlichen Prüf- und Vermessungsstellen für Straßen-, Brücken- und \
         Tunnelbauwerke der Länder Baden-Württemberg, Bayern, Sachsen und Thüringen, Sitz Ulm",
        "geschaeftsstelle@arge-pvs.example",
        "K-1023",
        Language::German,
        2,
    ),
    customer("ACME", "", "", Language::English, 1),
    customer(
        "Kő és Ép Kft.",
        "it@koesep.example",
        "K-1025",
        Language::English,
        2,
    ),
    customer(
        "Nordwind Service GmbH (inaktiv)",
        "",
        "K-1026",
        Language::German,
        0,
    ),
];
