//! What letters say: the program's own texts, and those that a vendor puts in their place.

use axum::Json;
use latchkey_app::Refused;
use latchkey_domain as domain;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change;
use crate::extract::Command;
use crate::license::certificate::Language;
use crate::mirror::mirror;
use crate::problem::Problem;

/// What a letter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LetterKind {
    /// Somebody is invited.
    Invitation,
    /// Somebody has lost their password.
    PasswordReset,
    /// Somebody asks for an approval.
    ApprovalAsked,
    /// Licenses are about to end.
    Expiring,
    /// Idle seats will be freed.
    IdleSeats,
}

mirror!(
    LetterKind = domain::letter::LetterKind {
        Invitation,
        PasswordReset,
        ApprovalAsked,
        Expiring,
        IdleSeats
    }
);

/// What letters of a kind say in a language.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LetterText {
    /// What they are about.
    pub kind: LetterKind,
    /// In which language.
    pub language: Language,
    /// Their subject.
    #[schema(example = "Your account for the licenses of {vendor}")]
    pub subject: String,
    /// Their text.
    #[schema(example = "Hello {name},\n\nchoose a password here: {link}\n")]
    pub body: String,
    /// Whether it is the program's own text.
    pub is_standard: bool,
    /// The words that may stand in braces, and are filled in.
    #[schema(example = json!(["name", "email", "vendor", "link", "until"]))]
    pub places: Vec<String>,
}

impl From<domain::letter::LetterText> for LetterText {
    fn from(text: domain::letter::LetterText) -> Self {
        let standard = domain::letter::LetterText::standard(text.kind, text.language);
        let places = text.kind.places().iter();
        Self {
            kind: text.kind.into(),
            language: text.language.into(),
            is_standard: text == standard,
            places: places.map(|place| place.as_str().to_owned()).collect(),
            subject: text.subject,
            body: text.body,
        }
    }
}

/// What letters say.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LetterTexts {
    /// One for each kind in each language.
    pub items: Vec<LetterText>,
}

/// What letters of a kind are to say in a language.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetLetterText {
    /// What they are about.
    pub kind: LetterKind,
    /// In which language.
    pub language: Language,
    /// The text; the program's own when left out.
    #[serde(default)]
    #[schema(required = false)]
    pub text: Option<OwnText>,
}

/// A text for letters, with places in braces.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnText {
    /// The subject: one line, 200 characters at most.
    #[schema(example = "Welcome to {vendor}")]
    pub subject: String,
    /// The text: plain, 4,000 characters at most.
    #[schema(example = "Hello {name},\n\nchoose a password here: {link}\n")]
    pub body: String,
}

impl SetLetterText {
    fn text(self) -> Result<domain::letter::LetterText, Problem> {
        let (kind, language) = (self.kind.into(), self.language.into());
        match self.text {
            Some(own) => domain::letter::LetterText::new(kind, language, &own.subject, &own.body)
                .map_err(|refusal| Problem::from(Refused::from(refusal))),
            None => Ok(domain::letter::LetterText::standard(kind, language)),
        }
    }
}

/// A letter as it would be.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LetterPreview {
    /// Its subject.
    #[schema(example = "Your account for the licenses of My company")]
    pub subject: String,
    /// Its text.
    #[schema(
        example = "Hello Ada Lund,\n\nchoose a password here: https://licenses.vendor.example/welcome#…\n"
    )]
    pub body: String,
}

/// Lists what letters say.
#[utoipa::path(get, path = "/v1/vendor/letter-texts", tag = "me",
    responses((status = 200, description = "The texts.", body = LetterTexts)))]
async fn list_letter_texts(api: Caller) -> Answer<LetterTexts> {
    let texts = api.app.letter_texts(&api.actor).await?;
    let items = texts.into_iter().map(LetterText::from).collect();
    Ok(Json(LetterTexts { items }))
}

/// Sets what letters of a kind say in a language. Words in braces are filled in when a letter is written.
#[utoipa::path(post, path = "/v1/vendor/letter-texts", tag = "me", request_body = SetLetterText,
    responses((status = 200, description = "Letters say this from now on.", body = change::Changed<LetterText>)),
    extensions(("x-problems" = json!(["letter_subject", "letter_body", "letter_place_unknown",
        "letter_place_missing"]))))]
async fn set_letter_text(api: Caller, command: Command<SetLetterText>) -> Act<LetterText> {
    let text = command.body.text()?;
    let changed = api
        .app
        .letter_text_set(&api.actor, command.retry, text.clone())
        .await?;
    Ok(Done::changed(&changed, LetterText::from(text)))
}

/// Shows how a letter would be, with made-up people and licenses. Nothing is sent or changed.
#[utoipa::path(post, path = "/v1/vendor/letter-texts/preview", tag = "me", request_body = SetLetterText,
    responses((status = 200, description = "The letter.", body = LetterPreview)),
    extensions(("x-problems" = json!(["letter_subject", "letter_body", "letter_place_unknown",
        "letter_place_missing"]))))]
async fn preview_letter_text(
    api: Caller,
    command: Command<SetLetterText>,
) -> Answer<LetterPreview> {
    let text = command.body.text()?;
    let (subject, body) = api.app.letter_preview(&api.actor, &text).await?;
    Ok(Json(LetterPreview { subject, body }))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_letter_texts, set_letter_text))
        .routes(routes!(preview_letter_text))
}
