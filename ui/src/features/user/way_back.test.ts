import { afterEach, expect, test } from "vitest";
import { leftAt, wayBack } from "./way_back";

afterEach(() => sessionStorage.clear());

test("what the service sends along is read as it is", () => {
  const back = wayBack("https://licenses.example/sign-in/back?code=12e5&state=lko_1&iss=x");
  expect(back).toEqual({ answer: { code: "12e5", state: "lko_1" }, declined: false });
  expect(wayBack("https://licenses.example/sign-in/back?code=1").answer).toBeNull();
  const declined = wayBack("https://licenses.example/sign-in/back?error=access_denied&state=s");
  expect(declined).toEqual({ answer: null, declined: true });
});

test("one goes on where one was, and nowhere else", () => {
  const after = (kept: string) => {
    sessionStorage.setItem("latchkey.left-at", kept);
    return leftAt();
  };
  expect(after("/licenses?q=a")).toBe("/licenses?q=a");
  expect(leftAt(), "a page may be drawn twice").toBe("/licenses?q=a");
  for (const other of ["//evil.example", "/\\evil.example", "https://evil.example", ""]) {
    expect(after(other), other).toBe("/");
  }
});
