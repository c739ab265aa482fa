import { expect, it } from "vitest";
import { type Found, progress } from "./first_steps";

const none: Found = {
  product: null,
  policy: null,
  customer: null,
  license: null,
  activation: null,
  license_file: null,
};

it("begins with a product, and lets customers come first", () => {
  expect(progress(none)).toEqual({
    product: "next",
    policy: "waiting",
    customer: "open",
    license: "waiting",
    activation: "waiting",
    license_file: "waiting",
  });
});

it("leads on to the first step that is not done, whatever was done before its turn", () => {
  const stand = progress({ ...none, product: "prd_1", customer: "cus_1" });
  expect(stand.policy).toBe("next");
  expect(stand.license).toBe("waiting");
  expect(progress({ ...none, product: "p", policy: "p", customer: "c" }).license).toBe("next");
});

it("offers a machine and a license file as soon as there is a license", () => {
  const stand = progress({ ...none, product: "p", policy: "p", customer: "c", license: "l" });
  expect(stand.activation).toBe("next");
  expect(stand.license_file).toBe("open");
});
