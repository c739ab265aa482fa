/**
 * What the server refused, by field name. It stays at its field until the form is sent again: an
 * error that vanished while typing would move the button away from under the pointer.
 */

import { createContext, useContext } from "react";

export const FieldErrors = createContext<Record<string, string>>({});

/**
 * Properties that make a React Aria field invalid, and the sentence to show. What is refused within
 * a field's value, such as `feature_ids.2`, is refused at the field.
 */
export function useFieldError(name: string | undefined) {
  const errors = useContext(FieldErrors);
  const error =
    name === undefined
      ? undefined
      : (errors[name] ?? Object.entries(errors).find(([at]) => at.startsWith(`${name}.`))?.[1]);
  return { error, invalid: error === undefined ? {} : { isInvalid: true } };
}
