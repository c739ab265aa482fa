//! What settings take and refuse.

use super::*;

const KEY: &str = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ";
const LICENSED: Licensed<'_> = Licensed {
    product_code: "atlas-cad",
    license_key: KEY,
    machine_code: "9F86D081-884C",
};

fn root() -> RootKey {
    // The public key of RFC 8032's first test.
    RootKey::parse("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a").unwrap()
}

fn at(server: &str) -> Result<Settings, SettingsError> {
    Settings::new(server, root(), LICENSED)
}

fn of(licensed: Licensed<'_>) -> Result<Settings, SettingsError> {
    Settings::new("https://licenses.example", root(), licensed)
}

#[test]
fn https_is_taken_anywhere_and_http_on_this_machine_only() {
    for server in [
        "https://licenses.example",
        "https://licenses.example:8443/latchkey/",
        "http://127.0.0.1:7878",
        "http://127.8.8.8",
        "http://[::1]:7878",
        "http://localhost:7878",
    ] {
        assert!(at(server).is_ok(), "{server}");
    }
    for server in [
        "http://licenses.example",
        "http://10.0.0.1",
        "http://128.0.0.1",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "http://0.0.0.0",
        "http://[::2]",
    ] {
        let error = at(server).unwrap_err();
        assert_eq!(error.code(), "server_address_plain", "{server}");
        assert!(error.to_string().contains("https"), "{error}");
    }
}

#[test]
fn what_is_no_address_is_refused() {
    for server in [
        "",
        "licenses.example",
        "ftp://licenses.example",
        "file:///etc",
        "https://",
    ] {
        assert_eq!(
            at(server).unwrap_err(),
            SettingsError::ServerAddress,
            "{server}"
        );
    }
    for server in [
        "https://me@licenses.example",
        "https://me:secret@licenses.example",
        "https://licenses.example?a=b",
        "https://licenses.example/#a",
    ] {
        assert_eq!(
            at(server).unwrap_err(),
            SettingsError::ServerAddressParts,
            "{server}"
        );
    }
}

#[test]
fn codes_and_keys_are_bounded_at_their_limits() {
    let machine = |code: &str| {
        of(Licensed {
            machine_code: code,
            ..LICENSED
        })
        .is_ok()
    };
    assert!(machine(&"M".repeat(MACHINE_CODE_CHARS_MAX)));
    assert!(machine(" MC-1 "), "spaces around it are cut off");
    assert!(!machine(&"M".repeat(MACHINE_CODE_CHARS_MAX + 1)));
    assert!(!machine("") && !machine(" ") && !machine("M 1") && !machine("Gerät"));
    let product = |code: &str| {
        of(Licensed {
            product_code: code,
            ..LICENSED
        })
        .is_ok()
    };
    assert!(product(&"a".repeat(PRODUCT_CODE_CHARS_MAX)) && product("a.b-c_9"));
    assert!(!product(&"a".repeat(PRODUCT_CODE_CHARS_MAX + 1)));
    assert!(!product("") && !product("Atlas") && !product("a b"));
    let key = |key: &str| {
        of(Licensed {
            license_key: key,
            ..LICENSED
        })
    };
    assert_eq!(key(&KEY.to_lowercase()).unwrap().license_key, KEY);
    assert_eq!(key("0A1B2").unwrap_err(), SettingsError::LicenseKey);
    let token = |token: &str| of(LICENSED).unwrap().access_token(token).is_ok();
    assert!(token(&"t".repeat(TOKEN_CHARS_MAX)) && !token(&"t".repeat(TOKEN_CHARS_MAX + 1)));
    assert!(!token("") && !token("a b") && !token("a\nb"));
}

#[test]
fn the_user_agent_names_the_app_first() {
    let settings = of(LICENSED)
        .unwrap()
        .user_agent("atlas-cad", "7.2")
        .unwrap();
    assert_eq!(settings.user_agent, format!("atlas-cad/7.2 {OWN_NAME}"));
    for (product, version) in [
        ("", "1"),
        ("a", ""),
        ("a b", "1"),
        ("a/b", "1"),
        ("a", "1\r\nx: y"),
    ] {
        let refused = of(LICENSED).unwrap().user_agent(product, version);
        assert_eq!(
            refused.unwrap_err(),
            SettingsError::UserAgent,
            "{product} {version}"
        );
    }
}

#[test]
fn neither_token_nor_license_key_is_shown() {
    let secret = "lka_0123456789abcdef";
    let settings = of(LICENSED).unwrap().access_token(secret).unwrap();
    let shown = format!("{settings:?} {:?}", settings.authorization().unwrap());
    assert!(
        !shown.contains(secret) && !shown.contains("0A1B2"),
        "{shown}"
    );
    assert!(shown.contains("KMNPQ"), "{shown}");
    assert_eq!(
        settings.authorization().unwrap(),
        format!("Bearer {secret}")
    );
    let by_key = of(LICENSED).unwrap().authorization().unwrap();
    assert_eq!(by_key, format!("License {KEY}"));
}
