/** A product by its name, fetched once and kept. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { productOne } from "../../api/product";

export function ProductName({ id }: { id: string }) {
  const product = useQuery(productOne(id));
  return (
    <Link to="/products/$id" params={{ id }} className="link" title={product.data?.name}>
      {product.isPending ? "…" : (product.data?.name ?? id)}
    </Link>
  );
}
