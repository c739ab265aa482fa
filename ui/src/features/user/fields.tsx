/** What one is known by, and one's password, as password managers know them. */

import { m } from "../../paraglide/messages.js";
import { TextField } from "../../ui/TextField";

export interface OwnFieldProps {
  value: string;
  onChange: (value: string) => void;
  autoFocus?: boolean;
}

export function EmailField(props: OwnFieldProps) {
  return (
    <TextField
      {...props}
      label={m.column_email()}
      name="email"
      type="email"
      autoComplete="username"
      isRequired
    />
  );
}

export function PasswordField(props: OwnFieldProps) {
  return (
    <TextField
      {...props}
      label={m.password()}
      name="password"
      type="password"
      autoComplete="current-password"
      isRequired
    />
  );
}
