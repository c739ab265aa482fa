import { renderHook } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { answerProof, askForProof, useIsProofAsked } from "./proof";

describe("proving anew who one is", () => {
  afterEach(() => answerProof(false));

  it("is no where nobody can be asked", async () => {
    expect(await askForProof()).toBe(false);
  });

  it("is asked once for all who wait, and each time anew", async () => {
    const { result, rerender } = renderHook(useIsProofAsked);
    expect(result.current).toBe(false);
    const both = Promise.all([askForProof(), askForProof()]);
    rerender();
    expect(result.current).toBe(true);
    answerProof(true);
    expect(await both).toEqual([true, true]);
    rerender();
    expect(result.current).toBe(false);
    const again = askForProof();
    answerProof(false);
    expect(await again).toBe(false);
  });
});
