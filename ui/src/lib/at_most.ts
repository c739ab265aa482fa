/** Waits for something, but no longer than so many milliseconds. */
export const atMost = (ms: number, awaited: Promise<unknown>): Promise<unknown> =>
  Promise.race([awaited, new Promise((resolve) => setTimeout(resolve, ms))]);
