// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { ActionButton } from "./ActionButton";

afterEach(cleanup);

it("acts when it may", async () => {
  const act = vi.fn();
  render(
    <ActionButton why={null} onPress={act}>
      Suspend
    </ActionButton>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Suspend" }));
  expect(act).toHaveBeenCalledOnce();
});

it("stays reachable and says why when it may not", async () => {
  const act = vi.fn();
  render(
    <ActionButton why="The license is revoked." onPress={act}>
      Suspend
    </ActionButton>,
  );
  const button = screen.getByRole("button", { name: "Suspend" });
  expect(button.getAttribute("aria-disabled")).toBe("true");
  const reason = document.getElementById(button.getAttribute("aria-describedby") ?? "");
  expect(reason?.textContent).toBe("The license is revoked.");
  await userEvent.click(button);
  expect(screen.getByRole("dialog").textContent).toContain("The license is revoked.");
  expect(act).not.toHaveBeenCalled();
});
