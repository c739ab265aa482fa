/** Where the code of a second factor is typed. */

import { isProblem } from "../../api/problem";
import { m } from "../../paraglide/messages.js";
import { TextField } from "../../ui/TextField";

export interface CodeFieldProps {
  value: string;
  onChange: (value: string) => void;
  /** While it is being set up there are no recovery codes yet. */
  onlyApp?: boolean;
  /** Whether it is what is typed next. */
  autoFocus?: boolean;
}

export function CodeField({ value, onChange, onlyApp, autoFocus = true }: CodeFieldProps) {
  return (
    <TextField
      label={m.second_factor_code()}
      name="code"
      hint={onlyApp ? m.second_factor_code_hint_app() : m.second_factor_code_hint()}
      autoComplete="one-time-code"
      inputMode={onlyApp ? "numeric" : "text"}
      spellCheck="false"
      value={value}
      onChange={onChange}
      mono
      isRequired
      autoFocus={autoFocus}
    />
  );
}

/** Whether a code is needed that was not given. The field that appears says so; it is no mistake of theirs. */
export const needsCode = (error: unknown) => isProblem(error, "second_factor_needed");

/** Whether the password was right, so that it need not be typed again. */
export const isAboutCode = (error: unknown) =>
  needsCode(error) || isProblem(error, "second_factor_wrong");
