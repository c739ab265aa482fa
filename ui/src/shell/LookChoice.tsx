/** Who helps, and the choice of language and theme. Its widgets come after the first page is there. */

import { chooseLocale, localeNames } from "../lib/locale";
import { setTheme, themes, useTheme } from "../lib/theme";
import { m } from "../paraglide/messages.js";
import { getLocale, type Locale } from "../paraglide/runtime.js";
import { Select } from "../ui/Select";
import { Help } from "./Help";
import { themeNames } from "./theme_names";

export default function LookChoice() {
  const theme = useTheme();
  return (
    <>
      <Help />
      <Select
        label={m.language()}
        hideLabel
        className="short:grow"
        options={(Object.keys(localeNames) as Locale[]).map((id) => ({
          id,
          text: localeNames[id],
        }))}
        value={getLocale()}
        onChange={chooseLocale}
      />
      <Select
        label={m.theme()}
        hideLabel
        className="short:grow"
        options={themes.map((id) => ({ id, text: themeNames[id]() }))}
        value={theme}
        onChange={setTheme}
      />
    </>
  );
}
