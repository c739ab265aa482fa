//! Each text at its limit and one past it; what is trimmed, joined, refused and folded.

use proptest::prelude::*;

use super::*;
use crate::refusal::Refusal;

#[test]
fn every_text_is_accepted_at_its_limit_and_refused_one_past_it() {
    fn at_and_past<T>(max: usize, parse: fn(&str) -> Result<T, TextError>) {
        for letter in ["a", "é", "日", "e\u{301}"] {
            assert!(parse(&letter.repeat(max)).is_ok());
            let error = parse(&letter.repeat(max + 1))
                .err()
                .expect("one past the limit is refused");
            assert!(
                matches!(error, TextError::TooLong { chars, max: limit, .. } if chars == max + 1 && limit == max)
            );
        }
    }
    at_and_past(FRIENDLY_NAME_CHARS_MAX, FriendlyName::parse);
    at_and_past(MACHINE_CODE_CHARS_MAX, MachineCode::parse);
    at_and_past(NAME_CHARS_MAX, Name::parse);
    at_and_past(REFERENCE_CHARS_MAX, Reference::parse);
}

#[test]
fn a_name_of_ten_thousand_characters_is_told_how_long_it_is() {
    let error = FriendlyName::parse(&"x".repeat(10_000)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the friendly name has 10,000 characters, at most 120 are allowed"
    );
    assert_eq!(error.code(), "text_too_long");
    assert_eq!(
        error.fix().unwrap(),
        "Shorten the friendly name to 120 characters."
    );
}

#[test]
fn a_name_is_trimmed_and_its_accents_are_joined() {
    assert_eq!(
        FriendlyName::parse(" \u{feff}Re\u{301}ception\u{a0}\r\n")
            .unwrap()
            .as_str(),
        "Réception"
    );
    assert_eq!(FriendlyName::parse("受付 PC").unwrap().as_str(), "受付 PC");
    assert_eq!(
        FriendlyName::parse("می\u{200c}خواهم").unwrap().as_str(),
        "می\u{200c}خواهم"
    );
}

#[test]
fn a_name_that_cannot_be_seen_is_empty() {
    for typed in ["", "   ", "\t\r\n", "\u{200b}\u{feff}", "\u{3000}"] {
        assert_eq!(Name::parse(typed), Err(TextError::Empty { what: "name" }));
        assert_eq!(Name::parse_optional(typed), Ok(None));
    }
}

#[test]
fn characters_that_deceive_are_refused_with_their_place() {
    for character in [
        '\0', '\t', '\n', '\u{7f}', '\u{85}', '\u{2028}', '\u{202e}', '\u{2066}',
    ] {
        let error = MachineCode::parse(&format!("ab{character}c")).unwrap_err();
        assert_eq!(
            error,
            TextError::Invisible {
                what: "machine code",
                position: 3,
                character
            }
        );
    }
    let error = Name::parse("ab\tc").unwrap_err();
    assert_eq!(
        error.to_string(),
        "character 3 of the name is invisible (U+0009)"
    );
}

#[test]
fn a_code_has_its_own_alphabet_and_a_refused_one_gets_a_suggestion() {
    for code in ["a", "7zip", "studio-pro_2.0", &"a".repeat(CODE_CHARS_MAX)] {
        assert_eq!(Code::parse(code).unwrap().as_str(), code);
    }
    for (typed, position, fix) in [
        ("Studio Pro", 1, "“studio-pro”"),
        ("studio pro", 7, "“studio-pro”"),
        (".hidden", 1, "“hidden”"),
        ("größe", 3, "“gr-e”"),
    ] {
        let error = Code::parse(typed).unwrap_err();
        assert!(
            matches!(error, TextError::CodeCharacter { position: at, .. } if at == position),
            "{error}"
        );
        assert!(error.fix().unwrap().contains(fix), "{error:?}");
    }
    assert!(matches!(
        Code::parse(&"a".repeat(CODE_CHARS_MAX + 1)),
        Err(TextError::TooLong { chars: 65, .. })
    ));
}

#[test]
fn an_email_address_is_accepted_when_mail_could_be_sent_to_it() {
    for (typed, address) in [
        ("it@nordwind.example", "it@nordwind.example"),
        (
            " First.Last+tag@Sub.Example.COM ",
            "First.Last+tag@sub.example.com",
        ),
        ("用户@例子.公司", "用户@例子.公司"),
        (
            "o'neil@xn--bcher-kva.example",
            "o'neil@xn--bcher-kva.example",
        ),
    ] {
        assert_eq!(EmailAddress::parse(typed).unwrap().as_str(), address);
    }
    for typed in [
        "nobody",
        "@example.com",
        "a@localhost",
        "a@b@example.com",
        "a b@example.com",
        "A <a@example.com>",
        "a..b@example.com",
        ".a@example.com",
        "a@-example.com",
        "a@example..com",
        "a@example.com,b@example.com",
    ] {
        assert!(
            matches!(EmailAddress::parse(typed), Err(TextError::Email { .. })),
            "{typed}"
        );
    }
}

#[test]
fn an_email_address_has_the_lengths_that_mail_servers_allow() {
    let domain = |bytes: usize| {
        let labels = format!("{0}.{0}.", "d".repeat(60));
        format!("{labels}{}.example", "e".repeat(bytes - labels.len() - 8))
    };
    let address = |bytes: usize| format!("{}@{}", "l".repeat(64), domain(bytes - 65));
    assert!(EmailAddress::parse(&address(EMAIL_ADDRESS_BYTES_MAX)).is_ok());
    assert!(EmailAddress::parse(&address(EMAIL_ADDRESS_BYTES_MAX + 1)).is_err());
    assert!(EmailAddress::parse(&format!("{}@example.com", "l".repeat(65))).is_err());
    assert!(EmailAddress::parse(&format!("a@{}.example", "e".repeat(64))).is_err());
}

#[test]
fn an_email_address_stays_out_of_logs() {
    assert_eq!(
        format!("{:?}", EmailAddress::parse("ada@example.com").unwrap()),
        "EmailAddress(…@example.com)"
    );
}

#[test]
fn a_text_in_json_is_a_string_and_is_checked_on_the_way_in() {
    let name: FriendlyName = serde_json::from_str("\"  Reception \"").unwrap();
    assert_eq!(serde_json::to_string(&name).unwrap(), "\"Reception\"");
    assert!(
        serde_json::from_str::<FriendlyName>("\"\"")
            .unwrap_err()
            .to_string()
            .contains("is empty")
    );
}

#[test]
fn folding_makes_equal_what_people_take_for_equal() {
    for (one, other) in [
        ("Straße", "STRASSE"),
        ("ΟΔΟΣ", "οδος"),
        ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
        ("İstanbul", "istanbul"),
        ("Ｒｅｃｅｐｔｉｏｎ", "RECEPTION"),
        ("ПРИЁМНАЯ", "приёмная"),
        ("Re\u{301}ception", "RÉCEPTION"),
        ("ﬁle server", "FILE SERVER"),
        ("受付", "受付"),
    ] {
        assert_eq!(fold(one), fold(other));
    }
    assert_ne!(fold("Café"), fold("Cafe"));
}

#[test]
fn folding_any_character_twice_changes_nothing_more() {
    // Beyond lie private and unassigned characters, which have no case.
    for character in '\0'..='\u{2ffff}' {
        let once = fold(character.encode_utf8(&mut [0; 4]));
        assert_eq!(fold(&once), once, "U+{:04X}", u32::from(character));
    }
}

proptest! {
    #[test]
    fn a_parsed_text_parses_to_itself(typed in "\\PC{0,140}") {
        if let Ok(name) = FriendlyName::parse(&typed) {
            prop_assert_eq!(FriendlyName::parse(name.as_str()), Ok(name));
        }
    }

    #[test]
    fn folding_ignores_case(typed in "\\PC{0,40}") {
        prop_assert_eq!(fold(&typed.to_uppercase()), fold(&typed));
        prop_assert_eq!(fold(&fold(&typed)), fold(&typed));
    }

    #[test]
    fn any_text_is_parsed_or_refused_with_a_sentence(typed in any::<String>()) {
        let errors = [
            Name::parse(&typed).err(), Code::parse(&typed).err(), EmailAddress::parse(&typed).err(),
        ];
        for error in errors.into_iter().flatten() {
            prop_assert!(!error.to_string().is_empty() && error.fix().is_some());
        }
    }
}
