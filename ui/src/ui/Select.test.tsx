// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { type Option, Select } from "./Select";

afterEach(cleanup);

it("opens before its options are here, says so, and shows them when they are", async () => {
  const chosen = vi.fn();
  const shown = (options: Option[] | undefined) => (
    <Select
      label="Template"
      placeholder="Choose"
      options={options}
      value={null}
      onChange={chosen}
    />
  );
  const { rerender } = render(shown(undefined));
  await userEvent.click(screen.getByRole("button", { name: /Template/ }));
  expect(screen.getByRole("listbox").textContent).toBe("Loading");
  rerender(shown([]));
  expect(screen.getByRole("listbox").textContent).toBe("Nothing found");
  rerender(shown([{ id: "pol_1", text: "Studio, one year" }]));
  await userEvent.click(screen.getByRole("option", { name: "Studio, one year" }));
  expect(chosen).toHaveBeenCalledExactlyOnceWith("pol_1");
});
