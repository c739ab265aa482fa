/** Sign-up links, and signing up by one. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listKey, oneKey } from "./keys";
import type { Body, SignUpLink } from "./types";

/** The links of a customer, or all: a vendor has at most a thousand. */
export const signUpLinkList = (customer_id?: string) =>
  queryOptions({
    queryKey: listKey("sign_up_link", { customer_id }),
    queryFn: async ({ signal }) => {
      const links: SignUpLink[] = [];
      let after: string | null | undefined;
      do {
        const query = {
          limit: 200,
          ...(after && { after }),
          ...(customer_id && { customer_id }),
        };
        const page = await ask(api.GET("/v1/sign-up-links", { params: { query }, signal }));
        links.push(...page.items);
        after = page.next;
      } while (after);
      return links;
    },
  });

export const createSignUpLink = (body: Body<"create_sign_up_link">) =>
  ask(api.POST("/v1/sign-up-links", { body }));
export const withdrawSignUpLink = (id: string) =>
  ask(api.POST("/v1/sign-up-links/{id}/withdraw", { params: { path: { id } } }));

/** What a link is for. Its key holds no secret: there is one in a page. */
export const signUpOffer = (token: string) =>
  queryOptions({
    queryKey: oneKey("sign_up_link", "offer"),
    queryFn: ({ signal }) => ask(api.POST("/v1/sign-up/show", { body: { token }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const signUp = (body: Body<"sign_up">) => ask(api.POST("/v1/sign-up", { body }));
