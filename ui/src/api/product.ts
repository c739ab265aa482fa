/** Products and their features. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listKey, oneKey } from "./keys";
import { keyset } from "./keyset";
import type { Body, Filter } from "./types";

export type ProductFilter = Filter<"list_products">;

export const productList = (filter: ProductFilter) =>
  keyset(listKey("product", filter), (page, signal) =>
    ask(api.GET("/v1/products", { params: { query: { ...filter, ...page } }, signal })),
  );

export const productOne = (id: string) =>
  queryOptions({
    queryKey: oneKey("product", id),
    queryFn: ({ signal }) =>
      ask(api.GET("/v1/products/{id}", { params: { path: { id } }, signal })),
  });

export const featureList = (id: string) =>
  queryOptions({
    queryKey: listKey("feature", { product_id: id }),
    queryFn: ({ signal }) =>
      ask(
        api.GET("/v1/products/{id}/features", {
          params: { path: { id }, query: { limit: 200 } },
          signal,
        }),
      ),
  });

const path = (id: string) => ({ params: { path: { id } } });

export const createProduct = (body: Body<"create_product">) =>
  ask(api.POST("/v1/products", { body }));
export const renameProduct = (id: string, body: Body<"rename_product">) =>
  ask(api.PATCH("/v1/products/{id}", { ...path(id), body }));
export const archiveProduct = (id: string) => ask(api.POST("/v1/products/{id}/archive", path(id)));
export const unarchiveProduct = (id: string) =>
  ask(api.POST("/v1/products/{id}/unarchive", path(id)));
export const createFeature = (id: string, body: Body<"create_feature">) =>
  ask(api.POST("/v1/products/{id}/features", { ...path(id), body }));
export const archiveFeature = (id: string) => ask(api.POST("/v1/features/{id}/archive", path(id)));
export const unarchiveFeature = (id: string) =>
  ask(api.POST("/v1/features/{id}/unarchive", path(id)));
