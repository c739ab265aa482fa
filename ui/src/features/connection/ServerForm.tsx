/** Adding a server: what answers at an address, whether its certificate is to be believed, and in. */

import { useState } from "react";
import { connectionBook } from "../../api/connections";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import type { ServerSeen } from "../../platform";
import { Callout } from "../../ui/Callout";
import { Checkbox } from "../../ui/Checkbox";
import { FormDialog } from "../../ui/FormDialog";
import { TextField } from "../../ui/TextField";

export interface ServerFormProps {
  /** The address to begin with. */
  server: string;
  isOpen: boolean;
  onClose: () => void;
}

export function ServerForm({ server, isOpen, onClose }: ServerFormProps) {
  const [address, setAddress] = useState(server);
  const [seen, setSeen] = useState<ServerSeen | null>(null);
  const [pins, setPins] = useState(false);
  const look = useChange({
    run: async () => (await connectionBook()).look(address),
    touches: [],
    onDone: (found) => {
      setSeen(found);
      setPins(false);
    },
  });
  const add = useChange({
    run: async () => {
      if (!seen) return;
      const book = await connectionBook();
      const { items } = await book.addServer(seen.address, pins ? seen.fingerprint : null);
      const added = items.find((item) => item.address === seen.address);
      if (added) await book.open(added.id);
    },
    touches: ["connection"],
  });
  const change = (typed: string) => {
    setAddress(typed);
    setSeen(null);
  };
  const isSafe = !seen || seen.is_trusted || pins;
  return (
    <FormDialog
      title={m.connection_add_server()}
      isOpen={isOpen}
      onClose={onClose}
      submit={seen ? m.server_add() : m.server_look()}
      onSubmit={() => (seen ? add : look).mutate(undefined)}
      why={!isSafe && m.why_server_compared()}
      values={[]}
      isPending={look.isPending || add.isPending}
      error={look.error ?? add.error}
    >
      <TextField
        label={m.server_address()}
        name="address"
        hint={m.server_address_hint()}
        autoComplete="url"
        value={address}
        onChange={change}
        isRequired
        autoFocus
      />
      {seen && <Seen seen={seen} pins={pins} onPins={setPins} />}
    </FormDialog>
  );
}

interface SeenProps {
  seen: ServerSeen;
  pins: boolean;
  onPins: (pins: boolean) => void;
}

function Seen({ seen, pins, onPins }: SeenProps) {
  const { address, version, is_trusted, fingerprint } = seen;
  return (
    <>
      <Callout kind={is_trusted ? "good" : "warn"}>
        <p>{m.server_found({ address, version })}</p>
        {fingerprint === null && <p>{m.server_plain()}</p>}
        {fingerprint !== null && is_trusted && <p>{m.server_trusted()}</p>}
        {!is_trusted && (
          <>
            <p className="font-medium">{m.server_untrusted()}</p>
            <p>{m.server_untrusted_text()}</p>
          </>
        )}
      </Callout>
      {fingerprint !== null && (
        <>
          <div>
            <p className="text-cell font-medium">{m.server_fingerprint()}</p>
            <p className="rounded-md bg-sunk px-3 py-2 font-mono text-cell wrap-anywhere">
              {fingerprint}
            </p>
          </div>
          <Checkbox isSelected={pins} onChange={onPins}>
            {is_trusted ? m.server_pin() : m.server_compared()}
          </Checkbox>
        </>
      )}
    </>
  );
}
