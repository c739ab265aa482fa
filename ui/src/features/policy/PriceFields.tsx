/** What a license costs, as fields: not said, or so much for a license or for each of its seats. */

import { useState } from "react";
import type { PolicyRules } from "../../api/types";
import { amountText, currencies, currencyName, readAmount } from "../../lib/money";
import { m } from "../../paraglide/messages.js";
import { Checkbox } from "../../ui/Checkbox";
import { Segments } from "../../ui/Segments";
import { Select } from "../../ui/Select";
import { TextField } from "../../ui/TextField";
import { FIRST_PRICE } from "./rules";

type Price = NonNullable<PolicyRules["price"]>;

export interface PriceFieldsProps {
  price: Price | null | undefined;
  /** Takes a change, as the other rules do. */
  onChange: (change: (before: Price | null | undefined) => Price | null) => void;
}

export function PriceFields({ price, onChange }: PriceFieldsProps) {
  return (
    <div className="flex flex-col gap-3">
      <Checkbox
        isSelected={Boolean(price)}
        onChange={(priced) => onChange(() => (priced ? FIRST_PRICE : null))}
      >
        <span className="font-medium">{m.policy_price_label()}</span>
        <span className="block text-meta text-ink-faint">{m.policy_price_hint()}</span>
      </Checkbox>
      {price && <Fields price={price} onChange={onChange} />}
    </div>
  );
}

function Fields({ price, onChange }: { price: Price; onChange: PriceFieldsProps["onChange"] }) {
  const [typed, setTyped] = useState(amountText(price.amount, price.currency));
  const set = (patch: Partial<Price>) =>
    onChange((before) => (before ? { ...before, ...patch } : null));
  const tell = (text: string, currency: string) => {
    const amount = readAmount(text, currency);
    // What is no amount is told as none, which the server refuses with what to do.
    set({ amount: amount ?? 0, currency });
  };
  return (
    <div className="flex flex-wrap items-end gap-3">
      <TextField
        label={m.policy_price_amount()}
        name="rules.price.amount"
        inputMode="decimal"
        value={typed}
        onChange={(text) => {
          setTyped(text);
          tell(text, price.currency);
        }}
        className="w-36"
      />
      <Select
        label={m.currency()}
        options={currencies().map((id) => ({ id, text: `${id} – ${currencyName(id)}` }))}
        value={price.currency}
        onChange={(currency) => tell(typed, currency)}
        className="w-56"
      />
      <Segments
        label={m.policy_price_per()}
        options={[
          { id: "seat", text: m.price_per_seat() },
          { id: "license", text: m.price_per_license() },
        ]}
        value={price.per}
        onChange={(per) => set({ per })}
      />
    </div>
  );
}
