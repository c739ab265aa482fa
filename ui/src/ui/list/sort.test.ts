import { expect, it } from "vitest";
import { directionOf, nextSort } from "./sort";

const created = { ascending: "oldest", descending: "newest" };
const expires = { ascending: "expires" };

it("says which way a column is sorted", () => {
  expect(directionOf(created, "newest")).toBe("descending");
  expect(directionOf(created, "oldest")).toBe("ascending");
  expect(directionOf(created, "expires")).toBe("none");
  expect(directionOf(expires, "expires")).toBe("ascending");
});

it("goes through the orders that a column has, and back to the newest", () => {
  expect(nextSort(created, "newest")).toBe("oldest");
  expect(nextSort(created, "oldest")).toBe("newest");
  expect(nextSort(created, "expires")).toBe("newest");
  expect(nextSort(expires, "newest")).toBe("expires");
  expect(nextSort(expires, "expires")).toBe("newest");
});
