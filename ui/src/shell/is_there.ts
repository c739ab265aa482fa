/** Whether the program can be loaded anew. */
export const isThere = (): Promise<boolean> =>
  fetch("/", { cache: "no-store" }).then(
    (answer) => answer.ok,
    () => false,
  );
