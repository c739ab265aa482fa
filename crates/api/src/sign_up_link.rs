//! Sign-up links: the vendor makes them, and people who come by one make accounts of their own.

use axum::Json;
use latchkey_app::sign_up_link::MadeSignUpLink;
use latchkey_app::user;
use latchkey_domain as domain;
use latchkey_domain::limits::INVITATION_DAYS;
use latchkey_domain::session::Token;
use latchkey_domain::sign_up_link::SignUpTerms;
use latchkey_domain::text::{EmailAddress, Name};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::{Caller, CameFrom};
use crate::change::{self, NoBody};
use crate::extract::{Command, List, PathId, Spoken};
use crate::id::{CustomerId, SignUpLinkId};
use crate::me::Role;
use crate::mirror::mirror;
use crate::page::{Page, PageQuery};
use crate::text::{field, optional};
use crate::time::Timestamp;

/// A link by which people make accounts of their own.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignUpLink {
    /// Its id.
    pub id: SignUpLinkId,
    /// What the vendor calls it.
    #[schema(example = "Website")]
    pub name: String,
    /// The customer whose people those are who come by it; null where each becomes a customer.
    #[schema(required)]
    pub customer_id: Option<CustomerId>,
    /// What they may do: a customer's administrators give seats back, its viewers do not.
    pub role: Role,
    /// Whether it was withdrawn.
    pub state: SignUpLinkState,
    /// How many people may come by it.
    #[schema(example = 100)]
    pub uses_max: u32,
    /// How many have.
    #[schema(example = 12)]
    pub uses: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// Whether a link was withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignUpLinkState {
    /// It lets people sign up, until it runs out.
    Open,
    /// It was taken back.
    Withdrawn,
}

mirror!(SignUpLinkState = domain::sign_up_link::SignUpLinkState { Open, Withdrawn });

impl From<domain::sign_up_link::SignUpLink> for SignUpLink {
    fn from(link: domain::sign_up_link::SignUpLink) -> Self {
        Self {
            id: link.id.into(),
            name: link.name.to_string(),
            customer_id: link.customer_id.map(Into::into),
            role: link.role.into(),
            state: link.state.into(),
            uses_max: link.uses_max,
            uses: link.uses,
            created_at: link.created_at.into(),
            expires_at: link.expires_at.into(),
        }
    }
}

/// A link that was made, with what opens it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NewSignUpLink {
    /// The link.
    pub link: SignUpLink,
    /// What stands behind `/sign-up#` in its address; shown this once, and null in the answer to a repeated request.
    #[schema(required, example = "lku_…")]
    pub token: Option<String>,
    /// Whether this server sends e-mail, without which nobody can sign up.
    pub sends_mail: bool,
}

/// What a new link is made of.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateSignUpLink {
    /// What to call it: where it is published, or whom it is sent to.
    #[schema(example = "Website")]
    pub name: String,
    /// The customer whose people those are to be who come by it. Left out, each becomes a customer.
    #[serde(default)]
    #[schema(required = false)]
    pub customer_id: Option<CustomerId>,
    /// What they may do: `customer_admin` or `customer_viewer`.
    pub role: Role,
    /// How many people may come by it: 1 to 10,000.
    #[schema(example = 100)]
    pub uses_max: u32,
    /// For how many days: 1 to 365.
    #[schema(example = 30)]
    pub days: u32,
}

/// Whose links are wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SignUpLinkFilter {
    /// Only those of this customer.
    #[param(required = false)]
    pub customer_id: Option<CustomerId>,
}

/// A sign-up link, by what opens it.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowSignUpLink {
    /// The token.
    #[schema(example = "lku_…")]
    pub token: String,
}

/// What a sign-up link is for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignUpOffer {
    /// The customer whose people those are who come by it; null where each names an organization of their own.
    #[schema(required, example = "Nordwind GmbH")]
    pub customer_name: Option<String>,
    /// Whether they will be able to give seats back.
    pub deactivates: bool,
}

/// Somebody who signs up.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignUp {
    /// The link's token.
    #[schema(example = "lku_…")]
    pub token: String,
    /// What they will sign in with.
    #[schema(example = "ada@nordwind.example")]
    pub email: String,
    /// What people call them.
    #[schema(example = "Ada Lovelace")]
    pub name: String,
    /// Their organization, where the link is not of a customer.
    #[serde(default)]
    #[schema(required = false, example = "Nordwind GmbH")]
    pub organization: Option<String>,
}

/// A letter is on its way.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignedUp {
    /// For how long the link in it works, in days.
    #[schema(example = 3)]
    pub link_days: u32,
}

/// Lists sign-up links, newest first.
#[utoipa::path(get, path = "/v1/sign-up-links", tag = "users", params(SignUpLinkFilter, PageQuery),
    responses((status = 200, description = "A page of links.", body = Page<SignUpLink>)))]
async fn list_sign_up_links(api: Caller, list: List<SignUpLinkFilter>) -> Answer<Page<SignUpLink>> {
    let customer = list.filter.customer_id.map(Into::into);
    let page = api
        .app
        .sign_up_link_list(&api.actor, customer, list.page)
        .await?;
    Ok(Json(Page::of(page, SignUpLink::from)))
}

/// Makes a link by which people make accounts of their own.
#[utoipa::path(post, path = "/v1/sign-up-links", tag = "users", request_body = CreateSignUpLink,
    responses((status = 200, description = "The link, with what opens it.", body = change::Changed<NewSignUpLink>)),
    extensions(("x-problems" = json!(["@text", "sign_up_link_role", "sign_up_link_uses", "sign_up_link_days",
        "sign_up_link_limit", "customer_not_found", "customer_archived"]))))]
async fn create_sign_up_link(
    api: Caller,
    command: Command<CreateSignUpLink>,
) -> Act<NewSignUpLink> {
    let body = command.body;
    let terms = SignUpTerms {
        name: field("/name", Name::parse(&body.name))?,
        customer_id: body.customer_id.map(Into::into),
        role: body.role.into(),
        uses_max: body.uses_max,
        days: body.days,
    };
    let changed = api
        .app
        .sign_up_link_create(&api.actor, command.retry, terms)
        .await?;
    let MadeSignUpLink { id, token } = &changed.value;
    let link = api.app.sign_up_link_get(&api.actor, *id).await?;
    let item = NewSignUpLink {
        link: link.into(),
        token: token.as_ref().map(|token| token.reveal().to_owned()),
        sends_mail: api.app.sends_mail(),
    };
    Ok(Done::changed(&changed, item))
}

/// Shows a sign-up link.
#[utoipa::path(get, path = "/v1/sign-up-links/{id}", tag = "users",
    params(("id" = SignUpLinkId, Path, description = "The link.")),
    responses((status = 200, description = "The link.", body = SignUpLink)),
    extensions(("x-problems" = json!(["sign_up_link_not_found"]))))]
async fn get_sign_up_link(api: Caller, PathId(id): PathId<SignUpLinkId>) -> Answer<SignUpLink> {
    let link = api.app.sign_up_link_get(&api.actor, id.into()).await?;
    Ok(Json(link.into()))
}

/// Takes a sign-up link back. Who came by it stays.
#[utoipa::path(post, path = "/v1/sign-up-links/{id}/withdraw", tag = "users",
    params(("id" = SignUpLinkId, Path, description = "The link.")),
    responses((status = 200, description = "It is withdrawn.", body = change::Changed<SignUpLink>)),
    extensions(("x-problems" = json!(["sign_up_link_not_found", "sign_up_link_withdrawn"]))))]
async fn withdraw_sign_up_link(
    api: Caller,
    PathId(id): PathId<SignUpLinkId>,
    command: Command<NoBody>,
) -> Act<SignUpLink> {
    let changed = api
        .app
        .sign_up_link_withdraw(&api.actor, command.retry, id.into())
        .await?;
    let link = api.app.sign_up_link_get(&api.actor, changed.value).await?;
    Ok(Done::changed(&changed, link))
}

/// Shows what a sign-up link is for, to whoever holds it.
#[utoipa::path(post, path = "/v1/sign-up/show", tag = "users", request_body = ShowSignUpLink,
    responses((status = 200, description = "What it is for.", body = SignUpOffer)),
    extensions(("x-problems" = json!(["sign_up_link_not_open"]))))]
async fn show_sign_up_link(api: Caller, command: Command<ShowSignUpLink>) -> Answer<SignUpOffer> {
    let token = Token::received(&command.body.token);
    let offer = api.app.sign_up_offer(&api.actor, &token).await?;
    Ok(Json(SignUpOffer {
        customer_name: offer.customer.map(|name| name.to_string()),
        deactivates: offer.deactivates,
    }))
}

/// Makes an account for whoever holds a link, and sends them a letter with the way to choose a password. Where there is an
/// account with the address already, its owner gets a letter for another password instead, and the answer is the same. Each
/// request makes another link, so an `Idempotency-Key` does nothing here.
#[utoipa::path(post, path = "/v1/sign-up", tag = "users", request_body = SignUp,
    responses((status = 200, description = "A letter is on its way.", body = SignedUp)),
    extensions(("x-problems" = json!(["@text", "@email", "sign_up_link_not_open", "organization_missing",
        "mail_not_set_up", "too_many_tries", "user_limit", "customer_archived"]))))]
async fn sign_up(
    api: Caller,
    from: CameFrom,
    Spoken(language): Spoken,
    command: Command<SignUp>,
) -> Answer<SignedUp> {
    let body = command.body;
    let token = Token::received(&body.token);
    let organization = optional(
        "/organization",
        body.organization.as_deref(),
        Name::parse_optional,
    )?;
    let who = user::SignUp {
        email: field("/email", EmailAddress::parse(&body.email))?,
        name: field("/name", Name::parse(&body.name))?,
        organization,
    };
    api.app
        .sign_up(&api.actor, &token, who, from.address.as_deref(), language)
        .await?;
    Ok(Json(SignedUp {
        link_days: INVITATION_DAYS,
    }))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_sign_up_links, create_sign_up_link))
        .routes(routes!(get_sign_up_link))
        .routes(routes!(withdraw_sign_up_link))
        .routes(routes!(show_sign_up_link))
        .routes(routes!(sign_up))
}
