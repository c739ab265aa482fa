//! A licensed app in small: it asks whether this machine may use a license, activates it if that is
//! all that is missing, and says what it may do. In a real app the address, the root key and the code
//! of the product are built in, and the license key is what the user has typed.
//!
//! `cargo run -p latchkey-client --example call_home -- SERVER ROOT.PEM PRODUCT_CODE LICENSE_KEY`

#![expect(
    clippy::disallowed_methods,
    reason = "a program is where arguments come from"
)]

use std::error::Error;
use std::process::ExitCode;

use latchkey_client::{
    Licensed, Limit, RootKey, Settings, Source, Verdict, blocking, machine_code,
};

/// The app's own name.
const APP_NAME: &str = "call-home-example";
const STATE_FILE: &str = "call_home.json";
/// What the server says of a machine that has no seat yet.
const NOT_ACTIVATED: &str = "machine_not_activated";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [server, root_file, product_code, license_key] = arguments.as_slice() else {
        eprintln!("call_home SERVER ROOT.PEM PRODUCT_CODE LICENSE_KEY");
        return ExitCode::from(2);
    };
    match ask(server, root_file, product_code, license_key) {
        Ok(verdict) => {
            say(&verdict);
            ExitCode::from(u8::from(!verdict.valid))
        }
        Err(error) => {
            eprintln!("{}.", error.to_string().trim_end_matches('.'));
            if let Some(error) = error.downcast_ref::<latchkey_client::Error>() {
                eprintln!("{}.", error.fix().trim_end_matches('.'));
            }
            ExitCode::FAILURE
        }
    }
}

fn ask(
    server: &str,
    root_file: &str,
    product_code: &str,
    license_key: &str,
) -> Result<Verdict, Box<dyn Error>> {
    let root_key = RootKey::from_pem(&std::fs::read_to_string(root_file)?)?;
    let machine_code = machine_code()?;
    println!("This machine is {machine_code}.");
    let licensed = Licensed {
        product_code,
        license_key,
        machine_code: &machine_code,
    };
    let settings = Settings::new(server, root_key, licensed)
        .map_err(latchkey_client::Error::from)?
        .user_agent(APP_NAME, env!("CARGO_PKG_VERSION"))
        .map_err(latchkey_client::Error::from)?
        .state_file(STATE_FILE);
    let client = blocking::Client::new(settings)?;
    let verdict = client.validate()?;
    let refused_for = verdict
        .refusal
        .as_ref()
        .map(|refusal| refusal.code.as_str());
    if refused_for == Some(NOT_ACTIVATED) && verdict.source == Source::Online {
        println!("It is not activated yet: activating it.");
        return Ok(client.activate(APP_NAME)?);
    }
    Ok(verdict)
}

fn say(verdict: &Verdict) {
    match verdict.source {
        Source::Online => println!("The server has just answered."),
        Source::Offline { answered_at, until } => {
            println!("The server is away; this is what it said at {answered_at}.");
            if let Some(until) = until {
                println!("It holds until {until}.");
            }
        }
    }
    if let Some(refusal) = &verdict.refusal {
        println!("The license may not be used: {}", refusal.detail);
        println!("{}", refusal.fix.as_deref().unwrap_or("Ask the vendor."));
        return;
    }
    match verdict.expires_at {
        Some(end) => println!("The license is good until {end}."),
        None => println!("The license is good and does not end."),
    }
    if let Some(at) = verdict.reclaim_at {
        println!("Its seat was about to be freed at {at}, for nobody had used it; now it is not.");
    }
    for feature in &verdict.features {
        match verdict.limit(&feature.code) {
            Some(Limit::AtMost(most)) => println!("- {}: up to {most}", feature.code),
            _ => println!("- {}", feature.code),
        }
    }
    if let Some(unsaved) = &verdict.unsaved {
        println!("{unsaved}: without the server, the app will not start.");
    }
}
