//! What a vendor sets for all: what letters say, and how pages look.

use latchkey_app::branding::SetBranding;
use latchkey_app::user::CreateUser;
use latchkey_domain::actor::Role;
use latchkey_domain::branding::{Branding, Colour, Logo};
use latchkey_domain::letter::{Language, LetterKind, LetterText};
use latchkey_domain::user::Whose;
use latchkey_testkit::{TestApp, for_each_database};

use crate::common::{check_ledger, size};
use crate::sign_up::letters;

fn text(subject: &str, body: &str) -> LetterText {
    LetterText::new(LetterKind::Invitation, Language::German, subject, body).unwrap()
}

#[tokio::test]
async fn letters_say_what_the_vendor_has_written_and_only_of_that_kind_and_language() {
    for_each_database(async |app| {
        let own = text("Willkommen, {name}", "Hier entlang: {link}");
        app.letter_text_set(&app.owner, None, own.clone())
            .await
            .unwrap();
        let before = size(app).await;
        app.letter_text_set(&app.owner, None, own.clone())
            .await
            .unwrap();
        assert_eq!(size(app).await, before, "nothing changed");
        for (email, language) in [
            ("ada@vendor.example", Language::German),
            ("bob@vendor.example", Language::English),
        ] {
            let command = CreateUser {
                email: email.parse().unwrap(),
                name: "Ada".parse().unwrap(),
                role: Role::Admin,
                whose: Whose::Vendor,
            };
            let made = app.user_create(&app.owner, None, command).await.unwrap();
            app.invitation_send(&app.owner, &made.value, language)
                .await
                .unwrap();
        }
        let all = letters(app, 2).await;
        assert_eq!(all[0].subject, "Willkommen, Ada");
        assert!(
            all[0].text.starts_with("Hier entlang: https://"),
            "{}",
            all[0].text
        );
        assert_eq!(
            all[1].subject,
            "Your account for the licenses of My company"
        );
        // The program's own text takes it away again.
        let standard = LetterText::standard(LetterKind::Invitation, Language::German);
        app.letter_text_set(&app.owner, None, standard.clone())
            .await
            .unwrap();
        let texts = app.letter_texts(&app.owner).await.unwrap();
        assert_eq!(texts.len(), LetterKind::ALL.len() * Language::ALL.len());
        assert!(texts.contains(&standard));
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_preview_is_of_made_up_people_and_changes_nothing() {
    let app = TestApp::open(latchkey_testkit::DatabaseKind::Sqlite).await;
    let before = size(&app).await;
    for kind in LetterKind::ALL {
        let text = LetterText::standard(*kind, Language::English);
        let (subject, body) = app.letter_preview(&app.owner, &text).await.unwrap();
        assert!(
            !subject.contains('{') && !body.contains('{'),
            "{subject}\n{body}"
        );
        assert!(body.contains("https://"), "{body}");
    }
    assert_eq!(size(&app).await, before);
    assert!(app.letters.all().is_empty(), "nothing was sent");
    app.close().await;
}

/// A PNG of one pixel, as far as it is looked at.
fn png() -> Logo {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01".to_vec();
    bytes.resize(60, 7);
    Logo::new(bytes).unwrap()
}

#[tokio::test]
async fn pages_look_as_the_vendor_says_to_whoever_comes() {
    for_each_database(async |app| {
        let set = |logo| SetBranding {
            branding: Branding {
                title: Some("Nordlicht".parse().unwrap()),
                colour: Some(Colour::parse("#803010").unwrap()),
                ..Branding::default()
            },
            logo,
        };
        let own = set(Some(Some(png())));
        app.branding_set(&app.owner, None, own).await.unwrap();
        // What is left out stays.
        app.branding_set(&app.owner, None, set(None)).await.unwrap();
        let seen = app.branding(&app.stranger()).await.unwrap();
        assert_eq!(seen.logo, Some(png().into_bytes()));
        assert_eq!(seen.branding.logo, Some(png().digest()));
        assert_eq!(seen.branding.title.unwrap().as_str(), "Nordlicht");
        let plain = SetBranding {
            branding: Branding::default(),
            logo: Some(None),
        };
        app.branding_set(&app.owner, None, plain).await.unwrap();
        let seen = app.branding(&app.stranger()).await.unwrap();
        assert_eq!(seen, Default::default());
        check_ledger(app).await;
    })
    .await;
}
