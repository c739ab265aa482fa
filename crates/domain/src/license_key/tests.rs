//! What a license key accepts, and that no small typing error passes.

use proptest::prelude::*;

use super::*;
use crate::random::SeededRandom;

const ALIASES: [(char, char); 3] = [('0', 'O'), ('1', 'I'), ('1', 'l')];

fn key(seed: u64) -> LicenseKey {
    LicenseKey::generate(&SeededRandom::new(seed))
}

fn bare(key: &LicenseKey) -> Vec<char> {
    key.as_str()
        .chars()
        .filter(|character| *character != '-')
        .collect()
}

fn refusal(symbols: &[char]) -> LicenseKeyError {
    LicenseKey::parse(&symbols.iter().collect::<String>()).expect_err("a changed key is refused")
}

#[test]
fn a_new_key_is_written_in_five_groups_of_five_and_is_read_back() {
    let key = key(1);
    assert_eq!(key.as_str().len(), LICENSE_KEY_CHARS);
    assert!(
        key.as_str()
            .split('-')
            .all(|group| group.len() == LICENSE_KEY_GROUP_SYMBOLS)
    );
    assert_eq!(LicenseKey::parse(key.as_str()), Ok(key.clone()));
    assert_eq!(key.hint(), key.as_str().rsplit('-').next().unwrap());
}

#[test]
fn a_key_may_be_typed_in_any_case_with_any_dashes_and_with_letters_that_look_alike() {
    for seed in 0..200 {
        let key = key(seed);
        let mut typed = format!(
            "  {} \u{200b}",
            key.as_str().to_lowercase().replace('-', " – ")
        );
        assert_eq!(LicenseKey::parse(&typed), Ok(key.clone()));
        for (digit, letter) in ALIASES {
            typed = typed.replace(digit, &letter.to_string());
            assert_eq!(LicenseKey::parse(&typed), Ok(key.clone()));
        }
        let wide = bare(&key)
            .iter()
            .map(|c| char::from_u32(u32::from(*c) + 0xfee0).unwrap())
            .collect::<String>();
        assert_eq!(LicenseKey::parse(&wide), Ok(key));
    }
}

#[test]
fn a_key_that_is_too_short_or_too_long_is_told_its_length() {
    let mut symbols = bare(&key(2));
    symbols.push('7');
    assert_eq!(refusal(&symbols), LicenseKeyError::Length { found: 26 });
    symbols.truncate(24);
    assert_eq!(refusal(&symbols), LicenseKeyError::Length { found: 24 });
    assert_eq!(refusal(&[]).code(), "license_key_length");
}

#[test]
fn a_character_that_stands_in_no_key_is_named_with_its_place() {
    let mut symbols = bare(&key(3));
    symbols[6] = 'u';
    let refusal = refusal(&symbols);
    assert_eq!(
        refusal,
        LicenseKeyError::Character {
            character: 'u',
            position: 7
        }
    );
    assert_eq!(
        refusal.to_string(),
        "the 7th character typed, “u”, stands in no license key"
    );
}

#[test]
fn a_key_of_nothing_but_zeros_is_a_typing_error() {
    assert_eq!(
        refusal(&['0'; LICENSE_KEY_SYMBOLS]),
        LicenseKeyError::Mistyped
    );
}

#[test]
fn every_single_substitution_of_a_key_is_refused() {
    for seed in 0..20 {
        let symbols = bare(&key(seed));
        for at in 0..symbols.len() {
            for other in ALPHABET
                .iter()
                .map(|byte| char::from(*byte))
                .filter(|other| *other != symbols[at])
            {
                let mut changed = symbols.clone();
                changed[at] = other;
                assert_eq!(refusal(&changed), LicenseKeyError::Mistyped);
            }
        }
    }
}

#[test]
fn every_transposition_of_two_symbols_is_refused_also_of_distant_ones() {
    for seed in 0..50 {
        let symbols = bare(&key(seed));
        for left in 0..symbols.len() {
            for right in left + 1..symbols.len() {
                let mut changed = symbols.clone();
                changed.swap(left, right);
                if changed != symbols {
                    assert_eq!(refusal(&changed), LicenseKeyError::Mistyped);
                }
            }
        }
    }
}

#[test]
fn the_debug_form_shows_the_last_group_only() {
    let key = key(4);
    assert_eq!(format!("{key:?}"), format!("LicenseKey(…-{})", key.hint()));
}

#[test]
fn a_key_in_json_is_a_string_and_is_checked_on_the_way_in() {
    let key = key(5);
    let json = serde_json::to_string(&key).unwrap();
    assert_eq!(json, format!("\"{key}\""));
    assert_eq!(serde_json::from_str::<LicenseKey>(&json).unwrap(), key);
    assert!(serde_json::from_str::<LicenseKey>("\"00000-00000-00000-00000-00000\"").is_err());
}

#[test]
fn the_beginning_of_a_key_gets_its_dashes() {
    assert_eq!(LicenseKey::canonical_prefix("k7q2mo").unwrap(), "K7Q2M-0");
    assert_eq!(LicenseKey::canonical_prefix("").unwrap(), "");
    assert!(LicenseKey::canonical_prefix(&"7".repeat(26)).is_err());
}

proptest! {
    #[test]
    fn two_wrong_symbols_anywhere_are_refused(
        seed: u64, first in 0..25_usize, second in 0..25_usize, by_first in 1..32_usize, by_second in 1..32_usize,
    ) {
        prop_assume!(first != second);
        let mut symbols = bare(&key(seed));
        for (at, by) in [(first, by_first), (second, by_second)] {
            let value = ALPHABET.iter().position(|symbol| char::from(*symbol) == symbols[at]).unwrap();
            symbols[at] = char::from(ALPHABET[value ^ by]);
        }
        prop_assert_eq!(refusal(&symbols), LicenseKeyError::Mistyped);
    }

    #[test]
    fn any_text_is_read_or_refused_without_a_panic(typed in any::<String>()) {
        if let Ok(key) = LicenseKey::parse(&typed) {
            prop_assert_eq!(LicenseKey::parse(key.as_str()), Ok(key));
        }
    }
}
