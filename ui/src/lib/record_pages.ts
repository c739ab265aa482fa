/** The kinds of records that have a page of their own, and where it is. */

export const recordPages = {
  license: "/licenses/$id",
  activation: "/activations/$id",
  customer: "/customers/$id",
  product: "/products/$id",
  policy: "/policies/$id",
  reseller: "/resellers/$id",
} as const;

export type RecordKind = keyof typeof recordPages;

export const isRecordKind = (kind: string): kind is RecordKind => Object.hasOwn(recordPages, kind);
