/**
 * A dialog whose code is fetched when it is first opened. It is in the page only while it is open,
 * so each opening starts afresh; a form asks before it is closed with something typed into it.
 */

import { type ComponentType, lazy, Suspense } from "react";

export function lazyDialog<P extends { isOpen: boolean }>(load: () => Promise<ComponentType<P>>) {
  const Dialog = lazy(() => load().then((component) => ({ default: component })));
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each dialog, at the top of a module
  return function LazyDialog(props: P) {
    if (!props.isOpen) return null;
    return (
      <Suspense fallback={null}>
        <Dialog {...props} />
      </Suspense>
    );
  };
}
