/**
 * One act on many records. The dry run comes first: how many, which, and what would be refused.
 * What cannot be undone asks for the number to be typed.
 */

import { useState } from "react";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { Dialog, DialogBody, DialogFooter } from "../../ui/Dialog";
import { Refusal } from "../../ui/Refusal";
import { Loading } from "../../ui/States";
import { TextField } from "../../ui/TextField";
import { counted } from "../format";
import { BulkResult } from "./BulkResult";
import { BulkRows } from "./BulkRows";
import { BulkRunning } from "./BulkRunning";
import { type BulkOf, useBulk } from "./use_bulk";

export interface BulkDialogProps extends BulkOf {
  title: string;
  /** The button: "Deactivate 1,204". */
  action: (input: { count: number; n: string }) => string;
  irreversible?: boolean;
}

export function BulkDialog(props: BulkDialogProps) {
  const { title, isOpen, action, irreversible } = props;
  const [typed, setTyped] = useState("");
  const bulk = useBulk(props);
  const { dry, apply } = bulk;
  const close = apply.isPending ? bulk.goOn : bulk.close;
  const summary = dry.isFetching ? undefined : dry.data?.summary;
  const count = summary?.change ?? 0;
  const named = !irreversible || typed.replace(/\D/g, "") === String(count);
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={close}
      width="wide"
      {...(irreversible && { role: "alertdialog" })}
    >
      {apply.isPending ? (
        <BulkRunning
          count={count}
          cancelled={bulk.cancelled}
          onGoOn={close}
          {...(!irreversible && { onCancel: bulk.cancel })}
        />
      ) : apply.data ? (
        <BulkResult report={apply.data} said={props.said} onClose={close} onUndone={bulk.leave} />
      ) : (
        <>
          <DialogBody>
            {apply.error != null && <Refusal error={apply.error} />}
            {dry.isFetching && <Loading />}
            {dry.error != null && <Refusal error={dry.error} />}
            {dry.data && summary && (
              <>
                <p className="text-ink-soft">{m.bulk_dry_run()}</p>
                <BulkRows report={dry.data} />
                {irreversible && count > 0 && (
                  <TextField
                    label={counted(m.bulk_type_number, count)}
                    value={typed}
                    onChange={setTyped}
                    autoComplete="off"
                    inputMode="numeric"
                    className="max-w-80"
                  />
                )}
              </>
            )}
          </DialogBody>
          <DialogFooter>
            <Button onPress={close}>{m.cancel()}</Button>
            <Button
              kind={irreversible ? "danger" : "primary"}
              isDisabled={count === 0 || !named}
              onPress={() => apply.mutate()}
            >
              {summary ? counted(action, count) : title}
            </Button>
          </DialogFooter>
        </>
      )}
    </Dialog>
  );
}
