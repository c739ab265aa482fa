/** Gives a wrapper a value to change, so that it works as on a page. */

import { type ReactNode, useState } from "react";

export function Held<T>(props: {
  value: T;
  children: (value: T, set: (next: T) => void) => ReactNode;
}) {
  const [value, set] = useState(props.value);
  return props.children(value, set);
}
