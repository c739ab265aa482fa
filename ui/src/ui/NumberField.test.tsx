// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { NumberField } from "./NumberField";

afterEach(cleanup);

function Seats() {
  const [seats, setSeats] = useState(1);
  return (
    <>
      <NumberField label="Seats" minValue={1} maxValue={5_000} value={seats} onChange={setSeats} />
      <output>{seats}</output>
    </>
  );
}

it("tells of a number while it is typed, and never of one outside its limits", async () => {
  render(<Seats />);
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: "Seats" });
  const told = () => screen.getByRole("status").textContent;
  await userEvent.clear(field);
  await userEvent.type(field, "1250");
  expect(told()).toBe("1250");
  expect(field.value).toBe("1250");
  await userEvent.tab();
  expect(field.value).toBe("1,250");

  await userEvent.clear(field);
  await userEvent.type(field, "99999");
  expect(told()).toBe("5000");
  await userEvent.tab();
  expect(field.value).toBe("5,000");
});
