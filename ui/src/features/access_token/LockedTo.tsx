/** The only product or license that an access token may touch, by its name. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { licenseOne } from "../../api/license";
import type { AccessToken } from "../../api/types";
import { ProductName } from "../../lib/records/ProductName";
import { m } from "../../paraglide/messages.js";

export function LockedTo({ token: { product_id, license_id } }: { token: AccessToken }) {
  if (license_id) return <LicenseKey id={license_id} />;
  return product_id ? <ProductName id={product_id} /> : m.access_token_lock_none();
}

function LicenseKey({ id }: { id: string }) {
  const license = useQuery(licenseOne(id));
  return (
    <Link to="/licenses/$id" params={{ id }} className="link font-mono" title={license.data?.key}>
      {license.isPending ? "…" : (license.data?.key ?? id)}
    </Link>
  );
}
