//! Certificates with short, absurdly long and foreign names.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests may fail as loudly as tests"
)]

use chrono::DateTime;
use latchkey_report::{
    Certificate, CertificateFeature, CertificateProof, CertificateState, Language, certificate_pdf,
};

fn certificate() -> Certificate {
    let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
    Certificate {
        language: Language::English,
        vendor: "Atlas Software".into(),
        product: "Atlas CAD".into(),
        customer: "Nordwind GmbH".into(),
        key: "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ".into(),
        license_id: "lic_01jd8x7v9q7p3m5k2n4r6t8w0a".into(),
        state: CertificateState::Active,
        policy: "Professional, yearly".into(),
        revision: 2,
        starts_at: at(1_764_000_000),
        expires_at: Some(at(1_795_536_000)),
        issued_at: at(1_764_000_000),
        seats: 25,
        node_locked: true,
        license_file_days: 90,
        features: vec![
            CertificateFeature {
                name: "STEP export".into(),
                limit: None,
            },
            CertificateFeature {
                name: "Cloud rendering".into(),
                limit: Some(1_500),
            },
        ],
        proof: CertificateProof {
            entry: 41,
            entries: 120,
            root: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d".into(),
        },
        made_at: at(1_767_225_600),
    }
}

fn kept(name: &str, certificate: &Certificate) -> Vec<u8> {
    let pdf = certificate_pdf(certificate).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7"), "{name}");
    // To be looked at: what passes can still be ugly.
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("certificates");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.pdf")), &pdf).unwrap();
    pdf
}

#[test]
fn the_same_certificate_gives_the_same_bytes() {
    let pdf = kept("plain", &certificate());
    assert_eq!(pdf, certificate_pdf(&certificate()).unwrap());
    assert!(
        pdf.len() < 100_000,
        "only the letters that are used are in it: {} bytes",
        pdf.len()
    );
}

#[test]
fn names_of_any_length_and_script_fit() {
    let long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft "
        .repeat(3);
    let features = (1..=200).map(|number| CertificateFeature {
        name: format!("{number} {long}"),
        limit: Some(1_000_000),
    });
    let mut absurd = certificate();
    absurd.language = Language::German;
    absurd.state = CertificateState::Revoked;
    absurd.vendor = long.clone();
    absurd.product = "W".repeat(200);
    absurd.customer = long.clone();
    absurd.policy = long.clone();
    absurd.expires_at = None;
    absurd.features = features.collect();
    assert!(page_count(&kept("absurd", &absurd)) > 5);

    let mut foreign = certificate();
    foreign.vendor = "株式会社アトラス・ソフトウェア".into();
    foreign.product = "設計支援システム プロフェッショナル版 2026".into();
    foreign.customer = "株式会社 日本技術開発研究所（東京都千代田区）".into();
    foreign.policy = "年間契約 שלום شركة الشمال".into();
    foreign.features = ["한국어 지원", "ภาษาไทย", "नमस्ते", "Key 🔑"]
        .map(|name| CertificateFeature {
            name: name.into(),
            limit: None,
        })
        .into();
    assert_eq!(page_count(&kept("foreign", &foreign)), 1);
}

fn page_count(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.matches("/Type/Page/")
        .count()
        .max(text.matches("/Type /Page\n").count())
}
