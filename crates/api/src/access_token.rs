//! Access tokens: what scripts and apps come with.

use axum::Json;
use latchkey_app::{Changed, access_token};
use latchkey_domain as domain;
use latchkey_domain::text::Name;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, List, PathId};
use crate::id::{AccessTokenId, LicenseId, ProductId};
use crate::mirror::mirror;
use crate::page::{NoFilter, Page, PageQuery};
use crate::text::field;
use crate::time::Timestamp;

/// What a script or an app comes with. The secret itself is shown once, when it is made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccessToken {
    /// Its id.
    pub id: AccessTokenId,
    /// What people call it.
    #[schema(example = "Build server")]
    pub name: String,
    /// What it is for.
    pub scopes: Vec<Scope>,
    /// The only product whose licenses it may touch; null means any.
    #[schema(required)]
    pub product_id: Option<ProductId>,
    /// The only license it may touch; null means any.
    #[schema(required)]
    pub license_id: Option<LicenseId>,
    /// Whether it lets in.
    pub state: AccessTokenState,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it runs out; null means never.
    #[schema(required)]
    pub expires_at: Option<Timestamp>,
    /// When it was last used, to the minute or so; null means never.
    #[schema(required)]
    pub last_used_at: Option<Timestamp>,
    /// How often it was recorded.
    #[schema(example = 1)]
    pub version: u32,
}

/// What an access token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Asking whether a machine may use its license.
    Validate,
    /// Activating machines.
    Activate,
    /// Giving seats back.
    Deactivate,
    /// Seeing everything.
    Read,
    /// What the role support may do.
    Support,
    /// What the role admin may do.
    Manage,
}

mirror!(
    Scope = domain::actor::Scope {
        Validate,
        Activate,
        Deactivate,
        Read,
        Support,
        Manage
    }
);

/// Whether an access token lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccessTokenState {
    /// It does, until it runs out.
    Active,
    /// It was revoked.
    Revoked,
}

mirror!(AccessTokenState = domain::access_token::AccessTokenState { Active, Revoked });

impl From<domain::access_token::AccessToken> for AccessToken {
    fn from(token: domain::access_token::AccessToken) -> Self {
        Self {
            id: token.id.into(),
            name: token.name.to_string(),
            scopes: token.scopes.into_iter().map(Into::into).collect(),
            product_id: token.product_id.map(Into::into),
            license_id: token.license_id.map(Into::into),
            state: token.state.into(),
            created_at: token.created_at.into(),
            expires_at: token.expires_at.map(Into::into),
            last_used_at: token.last_used_at.map(Into::into),
            version: token.version,
        }
    }
}

/// A new access token. With `product_id` or `license_id`, of which one at most is given, it is locked: then it can only
/// be for `validate`, `activate` and `deactivate`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateAccessToken {
    /// What people call it.
    #[schema(example = "Build server")]
    pub name: String,
    /// What it is for; at least one.
    pub scopes: Vec<Scope>,
    /// The only product whose licenses it may touch.
    #[serde(default)]
    #[schema(required = false)]
    pub product_id: Option<ProductId>,
    /// The only license it may touch.
    #[serde(default)]
    #[schema(required = false)]
    pub license_id: Option<LicenseId>,
    /// When it runs out; left out, never.
    #[serde(default)]
    #[schema(required = false)]
    pub expires_at: Option<Timestamp>,
}

/// An access token that was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CreatedAccessToken {
    /// The access token.
    pub access_token: AccessToken,
    /// The secret, for `Authorization: Bearer`. Shown this once; null in the answer to a repeated request.
    #[schema(required, example = "lka_…")]
    pub token: Option<String>,
}

/// Lists access tokens, newest first.
#[utoipa::path(get, path = "/v1/access-tokens", tag = "access tokens", params(PageQuery),
    responses((status = 200, description = "A page of access tokens.", body = Page<AccessToken>)))]
async fn list_access_tokens(api: Caller, list: List<NoFilter>) -> Answer<Page<AccessToken>> {
    let page = api.app.access_token_list(&api.actor, list.page).await?;
    Ok(Json(Page::of(page, AccessToken::from)))
}

/// Makes an access token.
#[utoipa::path(post, path = "/v1/access-tokens", tag = "access tokens", request_body = CreateAccessToken,
    responses((status = 200, description = "The access token is made.", body = change::Changed<CreatedAccessToken>)),
    extensions(("x-problems" = json!(["@text", "access_token_no_scope", "access_token_lock_too_wide",
        "access_token_two_locks", "access_token_end_passed", "access_token_limit", "product_not_found",
        "license_not_found"]))))]
async fn create_access_token(
    api: Caller,
    command: Command<CreateAccessToken>,
) -> Act<CreatedAccessToken> {
    let CreateAccessToken {
        name,
        scopes,
        product_id,
        license_id,
        expires_at,
    } = command.body;
    let terms = domain::access_token::AccessTokenTerms {
        name: field("/name", Name::parse(&name))?,
        scopes: scopes.into_iter().map(Into::into).collect(),
        product_id: product_id.map(Into::into),
        license_id: license_id.map(Into::into),
        expires_at: expires_at.map(Into::into),
    };
    let changed = api
        .app
        .access_token_create(&api.actor, command.retry, terms)
        .await?;
    let access_token::Created { id, token } = &changed.value;
    let item = CreatedAccessToken {
        access_token: api.app.access_token_get(&api.actor, *id).await?.into(),
        token: token.as_ref().map(|token| token.reveal().to_owned()),
    };
    Ok(Done::changed(&changed, item))
}

/// Shows an access token, without its secret.
#[utoipa::path(get, path = "/v1/access-tokens/{id}", tag = "access tokens",
    params(("id" = AccessTokenId, Path, description = "The access token.")),
    responses((status = 200, description = "The access token.", body = AccessToken)),
    extensions(("x-problems" = json!(["access_token_not_found"]))))]
async fn get_access_token(api: Caller, PathId(id): PathId<AccessTokenId>) -> Answer<AccessToken> {
    let token = api.app.access_token_get(&api.actor, id.into()).await?;
    Ok(Json(token.into()))
}

/// Revokes an access token: it opens nothing any more. Where several servers share a store, the others know within two
/// seconds.
#[utoipa::path(post, path = "/v1/access-tokens/{id}/revoke", tag = "access tokens",
    params(("id" = AccessTokenId, Path, description = "The access token.")),
    responses((status = 200, description = "The access token is revoked.", body = change::Changed<AccessToken>)),
    extensions(("x-problems" = json!(["access_token_not_found", "access_token_revoked"]))))]
async fn revoke_access_token(
    api: Caller,
    PathId(id): PathId<AccessTokenId>,
    command: Command<NoBody>,
) -> Act<AccessToken> {
    let changed: Changed<_> = api
        .app
        .access_token_revoke(&api.actor, command.retry, id.into())
        .await?;
    let token = api.app.access_token_get(&api.actor, changed.value).await?;
    Ok(Done::changed(&changed, token))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_access_tokens, create_access_token))
        .routes(routes!(get_access_token))
        .routes(routes!(revoke_access_token))
}
