// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { Commands } from "./Commands";

afterEach(cleanup);

function shown(why: string | null) {
  const act = vi.fn();
  const onClose = vi.fn();
  render(
    <Commands
      label="Commands"
      placeholder="Find"
      typed=""
      onType={() => {}}
      groups={[{ id: "g", title: "License", commands: [{ id: "c", text: "Suspend", why, act }] }]}
      status="1 entry"
      onClose={onClose}
    />,
  );
  return { act, onClose };
}

it("does what is chosen and closes first", async () => {
  const { act, onClose } = shown(null);
  await userEvent.click(screen.getByRole("option", { name: "Suspend" }));
  expect(onClose).toHaveBeenCalledOnce();
  expect(act).toHaveBeenCalledOnce();
});

it("shows what cannot be done with its reason, and stays open", async () => {
  const { act, onClose } = shown("It is revoked.");
  const option = screen.getByRole("option", { name: "Suspend" });
  expect(option.getAttribute("aria-disabled")).toBe("true");
  expect(screen.getByText("It is revoked.")).toBeTruthy();
  await userEvent.click(option);
  expect(act).not.toHaveBeenCalled();
  expect(onClose).not.toHaveBeenCalled();
});
