//! Users: who may sign in, and as what.

pub mod invitation;
mod whose;

use axum::Json;
use latchkey_app::{Changed, user};
use latchkey_domain as domain;
use latchkey_domain::letter::Language;
use latchkey_domain::text::{EmailAddress, Name};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, List, PathId, Spoken};
use crate::id::{ActorId, CustomerId, ResellerId, SignUpLinkId};
use crate::me::Role;
use crate::mirror::mirror;
use crate::page::{Page, PageQuery};
use crate::text::field;
use crate::time::Timestamp;
use whose::whose;

/// A person who signs in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct User {
    /// Their id.
    pub id: ActorId,
    /// What they sign in with; unique, whatever its case.
    #[schema(example = "ada@vendor.example")]
    pub email: String,
    /// What people call them.
    #[schema(example = "Ada Lovelace")]
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whose person they are, if a customer's; null for the vendor's own people.
    #[schema(required)]
    pub customer_id: Option<CustomerId>,
    /// Whose person they are, if a reseller's; null for everybody else.
    #[schema(required)]
    pub reseller_id: Option<ResellerId>,
    /// Whether they may sign in.
    pub state: UserState,
    /// Whether they have chosen a password. Who has none and is not linked to the sign-in service has not come in yet.
    pub has_password: bool,
    /// Whether a code is asked for beside their password.
    pub second_factor: bool,
    /// Whether they are linked to the sign-in service, so that they can come in by it.
    pub linked: bool,
    /// Recovery codes that they have left.
    #[schema(example = 0)]
    pub recovery_codes: u32,
    /// How often they were recorded.
    #[schema(example = 1)]
    pub version: u32,
    /// The sign-up link they came by; null if they were invited.
    #[schema(required)]
    pub sign_up_link_id: Option<SignUpLinkId>,
    /// When they were invited.
    pub created_at: Timestamp,
}

/// Whether a user may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UserState {
    /// They may.
    Active,
    /// They may not; what they did stays theirs.
    Deactivated,
}

mirror!(
    UserState = domain::user::UserState {
        Active,
        Deactivated
    }
);

impl From<domain::user::User> for User {
    fn from(user: domain::user::User) -> Self {
        let factor = user.factor_on();
        let codes = factor.map_or(0, |factor| factor.recovery_codes.len());
        Self {
            second_factor: factor.is_some(),
            recovery_codes: u32::try_from(codes).unwrap_or(u32::MAX),
            id: user.id.into(),
            email: user.email.to_string(),
            name: user.name.to_string(),
            role: user.role.into(),
            customer_id: user.customer_id.map(Into::into),
            reseller_id: user.reseller_id.map(Into::into),
            state: user.state.into(),
            has_password: user.password.is_some(),
            linked: user.identity.is_some(),
            version: user.version,
            sign_up_link_id: user.sign_up_link_id.map(Into::into),
            created_at: user.created_at.into(),
        }
    }
}

/// A new user.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateUser {
    /// What they will sign in with.
    #[schema(example = "ada@vendor.example")]
    pub email: String,
    /// What people call them.
    #[schema(example = "Ada Lovelace")]
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whose person they are to be, if a customer's. Left out by a customer's own people: whom they invite is a colleague.
    #[serde(default)]
    #[schema(required = false)]
    pub customer_id: Option<CustomerId>,
    /// Whose person they are to be, if a reseller's. Left out by a reseller's own people.
    #[serde(default)]
    #[schema(required = false)]
    pub reseller_id: Option<ResellerId>,
}

/// Which users are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UserFilter {
    /// Those of this customer. Without it and `reseller_id` the vendor's own people, or to the people of a customer or a
    /// reseller their colleagues.
    #[param(required = false)]
    pub customer_id: Option<CustomerId>,
    /// Those of this reseller.
    #[param(required = false)]
    pub reseller_id: Option<ResellerId>,
}

/// What to change of a user; what is left out stays.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateUser {
    /// What people call them.
    #[serde(default)]
    #[schema(required = false, example = "Ada King")]
    pub name: Option<String>,
    /// What they may do.
    #[serde(default)]
    #[schema(required = false)]
    pub role: Option<Role>,
}

/// Somebody who was invited.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InvitedUser {
    /// Who.
    pub user: User,
    /// What lets them choose a password, once: the page `/welcome` takes it behind a `#`. Shown this once; null in the
    /// answer to a repeated request.
    #[schema(required, example = "lki_…")]
    pub token: Option<String>,
    /// Whether the same link is on its way to them by e-mail.
    pub mailed: bool,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Lists users, newest first: the vendor's own, or those of a customer or a reseller.
#[utoipa::path(get, path = "/v1/users", tag = "users", params(PageQuery, UserFilter),
    responses((status = 200, description = "A page of users.", body = Page<User>)))]
async fn list_users(api: Caller, list: List<UserFilter>) -> Answer<Page<User>> {
    let UserFilter {
        customer_id,
        reseller_id,
    } = list.filter;
    let of = whose("query_invalid", customer_id, reseller_id)?;
    let page = api.app.user_list(&api.actor, of, list.page).await?;
    Ok(Json(Page::of(page, User::from)))
}

/// Makes a user, and invites them to choose a password. Owners invite the vendor's own people; owners, administrators
/// and the customer's administrators a customer's, and a reseller's managers their colleagues.
#[utoipa::path(post, path = "/v1/users", tag = "users", request_body = CreateUser,
    responses((status = 200, description = "The user is invited.", body = change::Changed<InvitedUser>)),
    extensions(("x-problems" = json!(["@text", "@email", "user_email_taken", "user_no_role", "user_limit", "customer_not_found", "customer_archived",
        "reseller_not_found", "reseller_archived"]))))]
async fn create_user(
    api: Caller,
    Spoken(language): Spoken,
    command: Command<CreateUser>,
) -> Act<InvitedUser> {
    let new = user::CreateUser {
        email: field("/email", EmailAddress::parse(&command.body.email))?,
        name: field("/name", Name::parse(&command.body.name))?,
        role: command.body.role.into(),
        whose: whose(
            "body_invalid",
            command.body.customer_id,
            command.body.reseller_id,
        )?,
    };
    let changed = api.app.user_create(&api.actor, command.retry, new).await?;
    api.invited(&changed, language).await
}

/// Shows a user.
#[utoipa::path(get, path = "/v1/users/{id}", tag = "users",
    params(("id" = ActorId, Path, description = "The user.")),
    responses((status = 200, description = "The user.", body = User)),
    extensions(("x-problems" = json!(["user_not_found"]))))]
async fn get_user(api: Caller, PathId(id): PathId<ActorId>) -> Answer<User> {
    Ok(Json(api.app.user_get(&api.actor, id.into()).await?.into()))
}

/// Gives a user another name or role. It counts from their next request on.
#[utoipa::path(patch, path = "/v1/users/{id}", tag = "users",
    params(("id" = ActorId, Path, description = "The user.")), request_body = UpdateUser,
    responses((status = 200, description = "The user is as wanted.", body = change::Changed<User>)),
    extensions(("x-problems" = json!(["user_not_found", "@text", "user_no_role", "user_last_owner",
        "user_one_of_two_owners"]))))]
async fn update_user(
    api: Caller,
    PathId(id): PathId<ActorId>,
    command: Command<UpdateUser>,
) -> Act<User> {
    let name = command.body.name.as_deref().map(Name::parse).transpose();
    let update = user::UpdateUser {
        name: field("/name", name)?,
        role: command.body.role.map(Into::into),
    };
    let changed = api
        .app
        .user_update(&api.actor, command.retry, id.into(), update)
        .await?;
    api.user_done(&changed).await
}

/// Keeps a user out: their sessions end, their invitations no longer work.
#[utoipa::path(post, path = "/v1/users/{id}/deactivate", tag = "users",
    params(("id" = ActorId, Path, description = "The user.")),
    responses((status = 200, description = "The user is deactivated.", body = change::Changed<User>)),
    extensions(("x-problems" = json!(["user_not_found", "user_deactivated", "user_last_owner",
        "user_one_of_two_owners"]))))]
async fn deactivate_user(
    api: Caller,
    PathId(id): PathId<ActorId>,
    command: Command<NoBody>,
) -> Act<User> {
    let changed = api
        .app
        .user_deactivate(&api.actor, command.retry, id.into())
        .await?;
    api.user_done(&changed).await
}

/// Lets a user in again.
#[utoipa::path(post, path = "/v1/users/{id}/reactivate", tag = "users",
    params(("id" = ActorId, Path, description = "The user.")),
    responses((status = 200, description = "The user is active again.", body = change::Changed<User>)),
    extensions(("x-problems" = json!(["user_not_found", "user_not_deactivated"]))))]
async fn reactivate_user(
    api: Caller,
    PathId(id): PathId<ActorId>,
    command: Command<NoBody>,
) -> Act<User> {
    let changed = api
        .app
        .user_reactivate(&api.actor, command.retry, id.into())
        .await?;
    api.user_done(&changed).await
}

/// Invites a user once more, to choose another password. Earlier invitations no longer work.
#[utoipa::path(post, path = "/v1/users/{id}/invite", tag = "users",
    params(("id" = ActorId, Path, description = "The user.")),
    responses((status = 200, description = "The user is invited.", body = change::Changed<InvitedUser>)),
    extensions(("x-problems" = json!(["user_not_found", "user_deactivated"]))))]
async fn invite_user(
    api: Caller,
    PathId(id): PathId<ActorId>,
    Spoken(language): Spoken,
    command: Command<NoBody>,
) -> Act<InvitedUser> {
    let changed = api
        .app
        .user_invite(&api.actor, command.retry, id.into())
        .await?;
    api.invited(&changed, language).await
}

impl Caller {
    pub(crate) async fn user_done(&self, changed: &Changed<domain::ActorId>) -> Act<User> {
        let user = self.app.user_get(&self.actor, changed.value).await?;
        Ok(Done::changed(changed, user))
    }

    async fn invited(
        &self,
        changed: &Changed<user::Invited>,
        language: Language,
    ) -> Act<InvitedUser> {
        let invited = &changed.value;
        let mailed = self
            .app
            .invitation_send(&self.actor, invited, language)
            .await?;
        let user = self.app.user_get(&self.actor, invited.user_id).await?;
        let item = InvitedUser {
            user: user.into(),
            token: invited
                .token
                .as_ref()
                .map(|token| token.reveal().to_owned()),
            mailed,
            expires_at: invited.expires_at.into(),
        };
        Ok(Done::changed(changed, item))
    }
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_users, create_user))
        .routes(routes!(get_user, update_user))
        .routes(routes!(deactivate_user))
        .routes(routes!(reactivate_user))
        .routes(routes!(invite_user))
        .merge(invitation::routes())
}
