/**
 * Where an invitation, a sign-up link, the sign-in service or the desktop window leads, and who comes may not be in yet;
 * and where stores are chosen, when none may be open.
 */
const OUTSIDE = new Set([
  "/welcome",
  "/sign-up",
  "/sign-in/back",
  "/sign-in/desktop",
  "/connections",
]);

/** Whether a page is shown without the frame, and without asking who is there. */
export const isOutside = (path: string): boolean => OUTSIDE.has(path);
