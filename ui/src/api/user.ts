/** Users and their invitations. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listKey, oneKey } from "./keys";
import type { Body, User } from "./types";

/** Whose people are meant; without either, the asker's own. */
export interface Whose {
  customer_id?: string;
  reseller_id?: string;
}

/** All users of a customer or a reseller, or all that are the asker's own: there are at most a thousand. */
export const userList = (whose: Whose = {}) =>
  queryOptions({
    queryKey: listKey("user", whose),
    queryFn: async ({ signal }) => {
      const users: User[] = [];
      let after: string | null | undefined;
      do {
        const query = { limit: 200, ...(after && { after }), ...whose };
        const page = await ask(api.GET("/v1/users", { params: { query }, signal }));
        users.push(...page.items);
        after = page.next;
      } while (after);
      return users;
    },
  });

export const userQuery = (id: string) =>
  queryOptions({
    queryKey: oneKey("user", id),
    queryFn: ({ signal }) => ask(api.GET("/v1/users/{id}", { params: { path: { id } }, signal })),
  });

/** Whose invitation a token is. Its key holds no secret: there is one invitation in a page. */
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: oneKey("user", "invitation"),
    queryFn: ({ signal }) => ask(api.POST("/v1/invitations/show", { body: { token }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });

const path = (id: string) => ({ params: { path: { id } } });

export const createUser = (body: Body<"create_user">) => ask(api.POST("/v1/users", { body }));
export const updateUser = (id: string, body: Body<"update_user">) =>
  ask(api.PATCH("/v1/users/{id}", { ...path(id), body }));
export const deactivateUser = (id: string) => ask(api.POST("/v1/users/{id}/deactivate", path(id)));
export const reactivateUser = (id: string) => ask(api.POST("/v1/users/{id}/reactivate", path(id)));
export const inviteUser = (id: string) => ask(api.POST("/v1/users/{id}/invite", path(id)));
export const acceptInvitation = (body: Body<"accept_invitation">) =>
  ask(api.POST("/v1/invitations/accept", { body }));
