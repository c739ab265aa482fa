//! Who asks: found out once for each request, before anything of it is done.
//!
//! Where people sign in, a request brings the token of a session: a browser in a cookie, which no script can read and no
//! other site can send; a program in an `Authorization` header (RFC 6750 §2.1). Scripts and licensed apps bring an access
//! token or a license key in that header, wherever they ask. Whoever brings nothing is a stranger, whom the use cases let
//! do hardly anything. Whose it is, where a server has several vendors, is told by the host that it was sent to.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::header::{AUTHORIZATION, COOKIE, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, HeaderValue};
use latchkey_app::access_token::{ACCESS_TOKEN, key_holder};
use latchkey_app::session::SESSION_TOKEN;
use latchkey_app::{App, AppError, Vendors};
use latchkey_domain::actor::Actor;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::session::{SessionKind, Token};
use latchkey_domain::{SessionId, Timestamp};

use crate::problem::Problem;

/// What the router works with.
#[derive(Clone)]
pub struct ApiState {
    /// The vendors, each with its use cases.
    pub vendors: Arc<Vendors>,
    /// Who may come in.
    pub access: Access,
}

/// Who may come in.
#[derive(Debug, Clone)]
pub enum Access {
    /// Whoever reaches the API acts as this actor, so it must be reached from this machine alone: the owner of a store
    /// that is theirs alone.
    Everybody(Actor),
    /// Whoever reaches it acts as the owner, until somebody has an account; from then on people sign in. To a vendor with
    /// an address of its own they always do.
    UntilSignIn(Doors),
    /// People sign in.
    SignIn(Doors),
}

impl ApiState {
    /// Who everybody acts as at this vendor; nobody where people sign in.
    pub(crate) async fn everybody(&self, app: &App) -> Result<Option<Actor>, AppError> {
        Ok(match &self.access {
            Access::Everybody(actor) => Some(actor.clone()),
            Access::UntilSignIn(_) if app.url().is_none() && !app.people_sign_in().await? => {
                Some(app.owner())
            }
            Access::UntilSignIn(..) | Access::SignIn(_) => None,
        })
    }

    pub(crate) fn doors(&self) -> Doors {
        match self.access {
            Access::Everybody(_) => Doors::default(),
            Access::UntilSignIn(doors) | Access::SignIn(doors) => doors,
        }
    }
}

/// What is known of the way to the API where people sign in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Doors {
    /// Whether browsers come by HTTPS, so that the cookie is for HTTPS alone.
    pub https: bool,
    /// Whether a proxy of ours stands in front, and says who comes in `X-Forwarded-For`.
    pub behind_proxy: bool,
}

/// Where a connection comes from; put on each of its requests.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// The vendor that a request was sent to; put on each request by the guard.
#[derive(Clone)]
pub(crate) struct Reached(pub(crate) Arc<App>);

/// The vendor that a request was sent to.
fn reached(parts: &Parts) -> Result<Arc<App>, Problem> {
    let reached = parts.extensions.get::<Reached>();
    let found = reached.map(|reached| Arc::clone(&reached.0));
    found.ok_or_else(|| {
        Problem::new("vendor_unknown", "No vendor is reached at this address.")
            .fix("Use the address that your vendor gave you.")
    })
}

/// A request's way to the use cases, and who it is from.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) app: Arc<App>,
    pub(crate) actor: Actor,
    /// The session it came in; none where nobody signs in, or nobody has.
    pub(crate) session: Option<SessionId>,
    pub(crate) doors: Doors,
}

impl FromRequestParts<ApiState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        let app = reached(parts)?;
        let doors = state.doors();
        let everybody = state.everybody(&app).await?;
        let sign_in = everybody.is_none();
        let otherwise = everybody.unwrap_or_else(|| app.stranger());
        let known = match brought(&parts.headers, doors) {
            Some(Credential::Session(token, kind)) if sign_in => {
                let known = app.signed_in(&token, kind).await?;
                known.map(|(mut actor, session)| {
                    actor.reach.address = address(parts, doors);
                    (actor, Some(session))
                })
            }
            Some(Credential::AccessToken(token)) => {
                // Whoever comes with a token means the token, also where everybody is let in.
                let holder = app.token_holder(&token).await?;
                Some((holder.unwrap_or_else(|| app.stranger()), None))
            }
            Some(Credential::LicenseKey(key)) => {
                let holder = key.map(|key| key_holder(app.vendor_id(), key));
                Some((holder.unwrap_or_else(|| app.stranger()), None))
            }
            Some(Credential::Session(..)) | None => None,
        };
        let (actor, session) = known.unwrap_or((otherwise, None));
        Ok(Self {
            app,
            actor,
            session,
            doors,
        })
    }
}

/// What a request brings to show who it is from.
#[derive(Debug)]
enum Credential {
    /// A session's token.
    Session(Token, SessionKind),
    /// An access token's secret.
    AccessToken(Token),
    /// A license key; none if it is not one.
    LicenseKey(Option<LicenseKey>),
}

/// What a request brings.
fn brought(headers: &HeaderMap, doors: Doors) -> Option<Credential> {
    if let Some(value) = headers.get(AUTHORIZATION) {
        let (scheme, text) = value.to_str().ok()?.split_once(' ')?;
        let text = text.trim();
        if scheme.eq_ignore_ascii_case("license") {
            return Some(Credential::LicenseKey(LicenseKey::parse(text).ok()));
        }
        if !scheme.eq_ignore_ascii_case("bearer") {
            return None;
        }
        if is_ours(text, ACCESS_TOKEN) {
            return Some(Credential::AccessToken(Token::received(text)));
        }
        return is_ours(text, SESSION_TOKEN)
            .then(|| Credential::Session(Token::received(text), SessionKind::Program));
    }
    let name = cookie_name(doors);
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .filter(|(_, token)| is_ours(token, SESSION_TOKEN))
        .map(|(_, token)| Credential::Session(Token::received(token), SessionKind::Browser))
}

/// Whether a text begins as our tokens of this kind do.
fn is_ours(text: &str, prefix: &str) -> bool {
    let rest = text.strip_prefix(prefix);
    rest.is_some_and(|rest| rest.starts_with('_'))
}

/// With the prefix a browser takes the cookie from HTTPS alone, for this host alone (RFC 6265bis §4.1.3.2).
fn cookie_name(doors: Doors) -> &'static str {
    if doors.https {
        "__Host-latchkey"
    } else {
        "latchkey"
    }
}

impl Doors {
    /// The cookie that keeps a browser signed in.
    pub(crate) fn cookie(
        self,
        token: &Token,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Option<HeaderValue> {
        let seconds = (expires_at.seconds() - now.seconds()).max(0);
        self.set_cookie(token.reveal(), seconds)
    }

    /// The cookie that takes it away.
    pub(crate) fn no_cookie(self) -> Option<HeaderValue> {
        self.set_cookie("", 0)
    }

    fn set_cookie(self, value: &str, seconds: i64) -> Option<HeaderValue> {
        let secure = if self.https { "; Secure" } else { "" };
        let cookie = format!(
            "{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}",
            cookie_name(self)
        );
        let mut value = HeaderValue::from_str(&cookie).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

/// The network address that a request comes from, as far as it is known. Only the last one in the header was written by our
/// own proxy; those before it by whoever liked.
fn address(parts: &Parts, doors: Doors) -> Option<IpAddr> {
    let forwarded = parts
        .headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .and_then(|value| value.to_str().ok())
        .and_then(|list| list.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
    let peer = parts.extensions.get::<Peer>().map(|peer| peer.0);
    let address = forwarded.filter(|_| doors.behind_proxy).or(peer);
    address.map(|address| address.to_canonical())
}

/// Where somebody comes from: kept with their session, for themselves.
pub(crate) struct CameFrom {
    pub(crate) address: Option<String>,
    pub(crate) agent: Option<String>,
}

impl FromRequestParts<ApiState> for CameFrom {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        let text = |value: &HeaderValue| value.to_str().ok().map(str::to_owned);
        Ok(Self {
            address: address(parts, state.doors()).map(|address| address.to_string()),
            agent: parts.headers.get(USER_AGENT).and_then(text),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Doors = Doors {
        https: false,
        behind_proxy: false,
    };
    const HTTPS: Doors = Doors {
        https: true,
        behind_proxy: false,
    };

    fn headers(all: &[(&'static str, &str)]) -> HeaderMap {
        let all = all
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        all.collect()
    }

    fn found(all: &[(&'static str, &str)], doors: Doors) -> Option<(String, SessionKind)> {
        match brought(&headers(all), doors)? {
            Credential::Session(token, kind) => Some((token.reveal().to_owned(), kind)),
            other => panic!("{other:?} is no session"),
        }
    }

    #[test]
    fn scripts_and_apps_bring_a_token_or_a_key() {
        let bring = |value: &str| brought(&headers(&[("authorization", value)]), HTTPS);
        assert!(matches!(
            bring("Bearer lka_1"),
            Some(Credential::AccessToken(token)) if token.reveal() == "lka_1"
        ));
        let key = LicenseKey::generate(&latchkey_domain::random::SeededRandom::new(1));
        for scheme in ["License", "license"] {
            let brought = bring(&format!("{scheme} {key}"));
            assert!(matches!(&brought, Some(Credential::LicenseKey(Some(found))) if *found == key));
        }
        assert!(matches!(
            bring("License nonsense"),
            Some(Credential::LicenseKey(None))
        ));
        assert!(bring(&format!("Bearer {key}")).is_none());
        assert!(bring("Bearer lka1").is_none());
    }

    #[test]
    fn a_token_is_found_where_it_belongs_and_nowhere_else() {
        let browser = Some(("lks_1".to_owned(), SessionKind::Browser));
        let program = Some(("lks_1".to_owned(), SessionKind::Program));
        assert_eq!(
            found(&[("cookie", "a=b; latchkey=lks_1; c=d")], PLAIN),
            browser
        );
        assert_eq!(
            found(&[("cookie", "__Host-latchkey=lks_1")], HTTPS),
            browser
        );
        assert_eq!(
            found(&[("cookie", "latchkey=lks_1")], HTTPS),
            None,
            "of a plain page"
        );
        assert_eq!(
            found(&[("cookie", "latchkey=lki_1")], PLAIN),
            None,
            "another's token"
        );
        assert_eq!(found(&[("authorization", "Bearer lks_1")], HTTPS), program);
        assert_eq!(found(&[("authorization", "bearer lks_1")], HTTPS), program);
        assert_eq!(found(&[("authorization", "Basic lks_1")], HTTPS), None);
        // Whoever brings a header means the header.
        let both = [("authorization", "Bearer x"), ("cookie", "latchkey=lks_1")];
        assert_eq!(found(&both, PLAIN), None);
    }

    #[test]
    fn an_address_is_the_peers_unless_a_proxy_of_ours_says_another() {
        let proxied = Doors {
            https: true,
            behind_proxy: true,
        };
        let from = |header: Option<&str>, doors| {
            let mut request = http::Request::new(());
            let peer = Peer("::ffff:192.0.2.1".parse().unwrap());
            request.extensions_mut().insert(peer);
            if let Some(header) = header {
                let header = header.parse().unwrap();
                request.headers_mut().insert("x-forwarded-for", header);
            }
            let (parts, ()) = request.into_parts();
            address(&parts, doors).unwrap().to_string()
        };
        let list = Some("203.0.113.9, 198.51.100.7");
        assert_eq!(from(list, HTTPS), "192.0.2.1", "anybody can send it");
        assert_eq!(from(list, proxied), "198.51.100.7", "the last is ours");
        assert_eq!(from(None, proxied), "192.0.2.1");
    }

    #[test]
    fn the_cookie_is_for_this_site_and_no_script() {
        let token = Token::received("lks_1");
        let now = Timestamp::from_seconds(1_000);
        let cookie = HTTPS
            .cookie(&token, Timestamp::from_seconds(1_060), now)
            .unwrap();
        assert_eq!(
            cookie.to_str().unwrap(),
            "__Host-latchkey=lks_1; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure"
        );
        assert!(cookie.is_sensitive(), "it is not logged");
        let none = PLAIN.no_cookie().unwrap();
        assert_eq!(
            none.to_str().unwrap(),
            "latchkey=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
        );
    }
}
