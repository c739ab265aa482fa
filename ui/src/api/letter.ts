/** What letters say. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { oneKey } from "./keys";
import type { Body } from "./types";

export const letterTexts = queryOptions({
  queryKey: oneKey("me", "letter_texts"),
  queryFn: ({ signal }) => ask(api.GET("/v1/vendor/letter-texts", { signal })),
});

export const setLetterText = (body: Body<"set_letter_text">) =>
  ask(api.POST("/v1/vendor/letter-texts", { body }));

export const previewLetterText = (body: Body<"preview_letter_text">) =>
  ask(api.POST("/v1/vendor/letter-texts/preview", { body }));
