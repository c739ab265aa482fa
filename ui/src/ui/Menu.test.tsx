// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { Menu } from "./Menu";

afterEach(cleanup);

it("leads the keys to an action that cannot be done, and says why instead of doing it", async () => {
  const revoke = vi.fn();
  const transfer = vi.fn();
  render(
    <Menu
      label="More actions"
      actions={[
        { id: "revoke", text: "Revoke", why: "It is revoked already.", act: revoke },
        { id: "transfer", text: "Transfer", act: transfer },
      ]}
    />,
  );
  await userEvent.click(screen.getByRole("button", { name: "More actions" }));
  const item = screen.getByRole("menuitem", { name: /^Revoke/ });
  expect(item.getAttribute("aria-disabled")).toBe("true");
  expect(item.textContent).toContain("It is revoked already.");
  item.focus();
  await userEvent.keyboard("{Enter}");
  expect(revoke).not.toHaveBeenCalled();
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(transfer).toHaveBeenCalledOnce();
});
