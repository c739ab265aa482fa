//! The one who asks: a server, known to devices by the name in its address.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use latchkey_app::passkey::{
    AskPasskeys, Claimed, Holder, MadePasskey, PasskeyFault, Passkeys, Question, Verified,
};
use latchkey_domain::ActorId;
use latchkey_domain::id::TypedId as _;
use latchkey_domain::passkey::PasskeysMissing;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::{Host, Url};
use uuid::Uuid;
use webauthn_rs::prelude::{
    Credential, DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Webauthn, WebauthnBuilder, WebauthnError,
};

/// What devices call us.
const NAME: &str = "Latchkey";

/// Asks in the name of a server.
pub struct Party {
    webauthn: Webauthn,
}

/// Who asks for a server that people reach at this address; or why nobody does. Devices bind passkeys to the name in it,
/// and browsers ask for them by HTTPS alone; on this machine's own name, plain HTTP will do.
pub fn at(url: Option<&str>) -> Passkeys {
    let url = url.and_then(|url| Url::parse(url).ok());
    let url = url.ok_or(PasskeysMissing::NoAddress)?;
    let name = match url.host() {
        Some(Host::Domain(name)) => name.to_owned(),
        Some(_) => return Err(PasskeysMissing::NoName),
        None => return Err(PasskeysMissing::NoAddress),
    };
    let own = name == "localhost" || name.ends_with(".localhost");
    if url.scheme() != "https" && !(own && url.scheme() == "http") {
        return Err(PasskeysMissing::NotSecure);
    }
    let party = Party::new(&name, &url);
    Ok(Arc::new(party.map_err(|_| PasskeysMissing::NoName)?))
}

impl Party {
    fn new(name: &str, origin: &Url) -> Result<Self, WebauthnError> {
        let webauthn = WebauthnBuilder::new(name, origin)?.rp_name(NAME).build()?;
        Ok(Self { webauthn })
    }
}

impl AskPasskeys for Party {
    fn ask_new(&self, holder: Holder<'_>, known: &[String]) -> Result<Question, PasskeyFault> {
        let (options, state) = self
            .webauthn
            .start_passkey_registration(holder.id.uuid(), holder.email, holder.name, None)
            .map_err(fault)?;
        let mut options = in_json(&options)?;
        let asked = inner(&mut options)?;
        // It is to be found without telling whose it is; the crate leaves that to the device.
        if let Some(choice) = asked.get_mut("authenticatorSelection") {
            choice["residentKey"] = json!("required");
            choice["requireResidentKey"] = json!(true);
        }
        asked["excludeCredentials"] = named(known);
        Ok(Question {
            options,
            state: in_json(&state)?,
        })
    }

    fn made(&self, state: &Value, answer: &Value) -> Result<MadePasskey, PasskeyFault> {
        let state: PasskeyRegistration = of_json(state)?;
        let answer: RegisterPublicKeyCredential = of_json(answer)?;
        let made = self.webauthn.finish_passkey_registration(&answer, &state);
        let mut made = Credential::from(made.map_err(fault)?);
        if !made.user_verified {
            return Err(PasskeyFault("its device did not verify who it is".into()));
        }
        // Whoever takes answers counts, so what is kept here stays as it is.
        let counter = std::mem::take(&mut made.counter);
        let credential_id = URL_SAFE_NO_PAD.encode(&made.cred_id);
        let backed_up = made.backup_state;
        let credential = serde_json::to_string(&Passkey::from(made)).map_err(fault)?;
        Ok(MadePasskey {
            credential_id,
            credential,
            counter,
            backed_up,
        })
    }

    fn ask(&self, known: &[String]) -> Result<Question, PasskeyFault> {
        let begun = self.webauthn.start_discoverable_authentication();
        let (mut options, state) = begun.map_err(fault)?;
        // A button is pressed for it: the browser is not to wait for a field.
        options.mediation = None;
        let mut options = in_json(&options)?;
        inner(&mut options)?["allowCredentials"] = named(known);
        Ok(Question {
            options,
            state: in_json(&state)?,
        })
    }

    fn claimed(&self, answer: &Value) -> Option<Claimed> {
        let answer: PublicKeyCredential = of_json(answer).ok()?;
        let user_id = match answer.get_user_unique_id() {
            Some(bytes) => Some(ActorId::from_uuid(Uuid::from_slice(bytes).ok()?)),
            None => None,
        };
        Some(Claimed {
            credential_id: URL_SAFE_NO_PAD.encode(answer.get_credential_id()),
            user_id,
        })
    }

    fn verify(
        &self,
        state: &Value,
        answer: &Value,
        credential: &str,
    ) -> Result<Verified, PasskeyFault> {
        let state: DiscoverableAuthentication = of_json(state)?;
        let answer: PublicKeyCredential = of_json(answer)?;
        let passkey: Passkey = serde_json::from_str(credential).map_err(fault)?;
        let key = Credential::from(passkey);
        let webauthn = &self.webauthn;
        let found = webauthn.finish_discoverable_authentication_v2(&answer, state, &key);
        let found = found.map_err(fault)?;
        if !found.user_verified() {
            return Err(PasskeyFault("its device did not verify who it is".into()));
        }
        Ok(Verified {
            counter: found.counter(),
            backed_up: found.backup_state(),
        })
    }
}

/// What is wrong, for the log: the crate's errors name no secrets.
fn fault(error: impl std::fmt::Display) -> PasskeyFault {
    PasskeyFault(error.to_string())
}

fn in_json(value: &impl serde::Serialize) -> Result<Value, PasskeyFault> {
    serde_json::to_value(value).map_err(fault)
}

fn of_json<T: DeserializeOwned>(value: &Value) -> Result<T, PasskeyFault> {
    T::deserialize(value).map_err(fault)
}

/// The options as the browser's own functions take them.
fn inner(options: &mut Value) -> Result<&mut Value, PasskeyFault> {
    let inner = options.get_mut("publicKey");
    inner.ok_or_else(|| PasskeyFault("there are no options".into()))
}

/// Passkeys by what their devices call them.
fn named(known: &[String]) -> Value {
    let named = known
        .iter()
        .map(|id| json!({ "type": "public-key", "id": id }));
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_take_a_name_and_https_and_this_machine_is_let_off() {
        let missing = |url| at(url).err();
        for fine in [
            "https://licenses.vendor.example",
            "https://licenses.vendor.example:8443/",
            "http://localhost:7878",
        ] {
            assert_eq!(missing(Some(fine)), None, "{fine}");
        }
        for (url, why) in [
            (None, PasskeysMissing::NoAddress),
            (Some("licenses"), PasskeysMissing::NoAddress),
            (Some("https://192.0.2.7"), PasskeysMissing::NoName),
            (Some("https://[2001:db8::1]"), PasskeysMissing::NoName),
            (Some("http://127.0.0.1:7878"), PasskeysMissing::NoName),
            (
                Some("http://licenses.vendor.example"),
                PasskeysMissing::NotSecure,
            ),
            (Some("http://notlocalhost"), PasskeysMissing::NotSecure),
        ] {
            assert_eq!(missing(url), Some(why), "{url:?}");
        }
    }
}
