/** What letters are about, in words. */

import type { LetterText } from "../../api/types";
import { m } from "../../paraglide/messages.js";

export const kindNames: Record<LetterText["kind"], () => string> = {
  invitation: m.letter_kind_invitation,
  password_reset: m.letter_kind_password_reset,
  approval_asked: m.letter_kind_approval_asked,
  expiring: m.letter_kind_expiring,
  idle_seats: m.letter_kind_idle_seats,
};
