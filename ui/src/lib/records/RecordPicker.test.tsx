// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { OfflineError } from "../../api/problem";
import type { RecordOption } from "../../ui/ComboBox";
// Its code is fetched when the first one is shown: here it is here.
import "../../ui/ComboBox";
import { RecordPicker, type RecordSource } from "./RecordPicker";

afterEach(cleanup);

interface Answer {
  resolve: (options: RecordOption[]) => void;
  reject: (error: Error) => void;
}

/** Answers when it is told to, question by question. */
function slow() {
  const asked = new Map<string, Answer>();
  const source: RecordSource = {
    kind: "customer",
    find: (typed) =>
      new Promise<RecordOption[]>((resolve, reject) => asked.set(typed, { resolve, reject })),
    one: () => Promise.reject(new Error("nothing is chosen")),
  };
  const about = async (typed: string) => {
    await waitFor(() => expect(asked.has(typed)).toBe(true));
    return asked.get(typed) as Answer;
  };
  return { source, about };
}

const list = () => screen.getByRole("listbox").textContent;

it("says that it looks, that there is nothing, and why nobody knows, and never one for another", async () => {
  const { source, about } = slow();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const chosen = vi.fn();
  render(
    <QueryClientProvider client={client}>
      <RecordPicker label="Customer" source={source} value={undefined} onChange={chosen} />
    </QueryClientProvider>,
  );
  const field = await screen.findByRole("combobox");
  await userEvent.click(field);
  expect(list()).toBe("Loading");
  (await about("")).resolve([]);
  await waitFor(() => expect(list()).toBe("Nothing found"));

  await userEvent.type(field, "n");
  expect(list()).toBe("Loading");
  const found = await about("n");
  expect(list()).toBe("Loading");
  found.reject(new OfflineError("refused"));
  await waitFor(() => expect(list()).toMatch(/^The server cannot be reached/));

  await userEvent.type(field, "o");
  (await about("no")).resolve([{ id: "cus_1", text: "Nordwind" }]);
  await userEvent.click(await screen.findByRole("option", { name: "Nordwind" }));
  expect(chosen).toHaveBeenLastCalledWith("cus_1");
});
