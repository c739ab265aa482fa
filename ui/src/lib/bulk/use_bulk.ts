/**
 * One bulk act. The dry run may be left at any time. The act itself is one change on the server and
 * cannot be stopped half-way: to cancel it means that it is undone as soon as it is done.
 */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Entity } from "../../api/keys";
import type { BulkReport } from "../../api/types";
import { counted } from "../format";
import { longWork } from "../long_work";
import { announce, refresh, toastRefusal, undo } from "../use_change";

export interface BulkOf {
  run: (dry_run: boolean, signal?: AbortSignal) => Promise<BulkReport>;
  /** Tells one dry run from another in the cache. */
  runKey: readonly unknown[];
  touches: readonly Entity[];
  said: (input: { count: number; n: string }) => string;
  isOpen: boolean;
  onClose: () => void;
  onDone?: () => void;
}

/** What a person wants of an act that is on its way: its report, nothing but the news, or its end. */
type Wish = "report" | "news" | "undo";

export function useBulk(props: BulkOf) {
  const { run, runKey, touches, said, onDone, isOpen, onClose } = props;
  const client = useQueryClient();
  const wish = useRef<Wish>("report");
  const [cancelled, setCancelled] = useState(false);
  const queryKey = ["bulk", ...runKey];
  const dry = useQuery({
    queryKey,
    queryFn: ({ signal }) => run(true, signal),
    enabled: isOpen,
    gcTime: 0,
    staleTime: 0,
  });
  const tell = ({ summary, change }: BulkReport) =>
    announce(counted(said, summary.change), change ? [change] : []);
  const apply = useMutation({
    mutationFn: () => longWork(run(false), (report) => counted(said, report.summary.change)),
    onMutate: () => {
      wish.current = "report";
      setCancelled(false);
    },
    onSuccess: async (report) => {
      void refresh(touches);
      onDone?.();
      // What was refused is to be read; only an act that went through as a whole closes the dialog.
      if (wish.current === "report" && report.summary.refused > 0) return;
      if (wish.current === "undo" && report.change) await undo([report.change]);
      else tell(report);
      if (wish.current !== "news") leave();
    },
    onError: (error) => {
      void refresh(touches);
      if (wish.current === "news") toastRefusal(error);
    },
  });
  const leave = () => {
    void client.cancelQueries({ queryKey });
    apply.reset();
    onClose();
  };
  return {
    dry,
    apply,
    cancelled,
    /** Closes before or after the act. Afterwards the toast keeps Undo at hand. */
    close: () => {
      if (apply.data) tell(apply.data);
      leave();
    },
    /** Closes while the act goes on; how it ended comes as a toast. */
    goOn: () => {
      wish.current = "news";
      onClose();
    },
    cancel: () => {
      wish.current = "undo";
      setCancelled(true);
    },
    leave,
  };
}
