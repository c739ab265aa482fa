/** The themes in words. */

import type { Theme } from "../lib/theme";
import { m } from "../paraglide/messages.js";

export const themeNames: Record<Theme, () => string> = {
  system: m.theme_system,
  light: m.theme_light,
  dark: m.theme_dark,
  contrast: m.theme_contrast,
};
