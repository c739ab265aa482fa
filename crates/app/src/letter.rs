//! What letters say: the program's own texts, and those that a vendor puts in their place.

use latchkey_domain::VendorId;
use latchkey_domain::actor::Actor;
use latchkey_domain::approval::JointAct;
use latchkey_domain::ledger::Verb;
use latchkey_domain::letter::{Language, LetterKind, LetterText, Place};
use latchkey_domain::limits::INVITATION_DAYS;
use latchkey_domain::time::DAY_MILLIS;
use latchkey_domain::vendor::Vendor;

use crate::mail::{Line, SeatLine, moment, said};
use crate::vendor::Set;
use crate::{App, AppError, Changed, Idempotency, Operation};

/// Where a link would lead if this program sent letters.
const NOWHERE: &str = "https://licenses.vendor.example";

/// Letters: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// What letters say, of each kind in each language.
    pub async fn letter_texts(&self, actor: &Actor) -> Result<Vec<LetterText>, AppError> {
        self.permit(actor, Operation::ListLetterTexts)?;
        let vendor = self.find_vendor().await?;
        let kinds = LetterKind::ALL.iter();
        let texts = kinds.flat_map(|kind| {
            let languages = Language::ALL.iter();
            languages.map(|language| vendor.letter_text(*kind, *language))
        });
        Ok(texts.collect())
    }

    /// Has letters say this from now on. The program's own text takes the vendor's away.
    pub async fn letter_text_set(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        text: LetterText,
    ) -> Result<Changed<VendorId>, AppError> {
        let act = Set {
            verb: Verb::VendorSetLetterText,
            set: move |vendor: &mut Vendor| vendor.set_letter_text(text.clone()),
        };
        self.act(actor, Operation::SetLetterText, idempotency, act)
            .await
    }

    /// Subject and text of a letter as it would be, with made-up people and licenses.
    pub async fn letter_preview(
        &self,
        actor: &Actor,
        text: &LetterText,
    ) -> Result<(String, String), AppError> {
        self.permit(actor, Operation::PreviewLetterText)?;
        let vendor = self.find_vendor().await?;
        let path = match text.kind {
            LetterKind::Invitation | LetterKind::PasswordReset => "/welcome#…",
            LetterKind::ApprovalAsked => "/approvals",
            LetterKind::Expiring => "/licenses",
            LetterKind::IdleSeats => "/reclaim",
        };
        let link = match &self.mail {
            Some(mail) => mail.page(path),
            None => format!("{NOWHERE}{path}"),
        };
        let until = moment(self.now().plus_days(INVITATION_DAYS));
        let (name, email, asker) = ("Ada Lund", "ada.lund@nordwind.example", "Cem Yıldız");
        let act = said(&JointAct::LiftLockdown, text.language);
        let licenses = self.made_up_licenses(text.language);
        let seats = self.made_up_seats(text.language);
        Ok(text.fill(&[
            (Place::Name, name),
            (Place::Email, email),
            (Place::Vendor, vendor.name.as_str()),
            (Place::Link, &link),
            (Place::Until, &until),
            (Place::Asker, asker),
            (Place::Act, &act),
            (Place::Licenses, &licenses),
            (Place::Seats, &seats),
        ]))
    }

    fn made_up_seats(&self, language: Language) -> String {
        let line = |name, code, idle_days: i64| {
            let line = SeatLine {
                name,
                code,
                product: "Atlas CAD",
                seen: self.now().plus_millis(-idle_days * DAY_MILLIS),
                freed: Some(self.now().plus_days(7)),
            };
            line.said(language)
        };
        line("Drawing office 7", "CAD-07", 90) + &line("Laptop Anna", "8c16-45a0-19e7", 113)
    }

    fn made_up_licenses(&self, language: Language) -> String {
        let line = |product, hint, seats, days| {
            let line = Line {
                product,
                customer: "Nordwind GmbH",
                hint,
                seats,
                end: Some(self.now().plus_days(days)),
            };
            line.said(language)
        };
        line("Atlas CAD", "7Q2MX", 25, 7) + &line("Atlas Render", "0VK4T", 3, 7)
    }
}
