// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { SearchField } from "./SearchField";

afterEach(cleanup);

type Tell = (value: string | undefined) => Promise<void>;

function List({ tell }: { tell: Tell }) {
  const [value, setValue] = useState<string>();
  const onChange = (next: string | undefined) => tell(next).then(() => setValue(next));
  return (
    <>
      <SearchField label="Name" value={value} onChange={onChange} />
      <button type="button" onClick={() => setValue("of a view")}>
        {value ?? "all"}
      </button>
    </>
  );
}

function shown(dealt: Promise<void>) {
  const told: (string | undefined)[] = [];
  const tell: Tell = (value) => {
    told.push(value);
    return dealt;
  };
  render(<List tell={tell} />);
  return { told, field: screen.getByRole<HTMLInputElement>("searchbox") };
}

it("tells of the first letter at once, and of the rest when that is dealt with", async () => {
  let deal = () => {};
  const { told, field } = shown(new Promise((resolve) => (deal = resolve)));
  await userEvent.type(field, "kio");
  expect(told).toEqual(["k"]);
  deal();
  expect(await screen.findByRole("button", { name: "kio" })).toBeTruthy();
  expect(told).toEqual(["k", "kio"]);
  expect(field.value).toBe("kio");
});

it("does not wait for ever for what it told of first", async () => {
  const { told, field } = shown(new Promise(() => {}));
  await userEvent.type(field, "kio");
  await expect.poll(() => told).toEqual(["k", "kio"]);
});

it("shows what the address says when that changes under it", async () => {
  const { field } = shown(Promise.resolve());
  await userEvent.type(field, "kio");
  await userEvent.click(await screen.findByRole("button", { name: "kio" }));
  expect(field.value).toBe("of a view");
});
