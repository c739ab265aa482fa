/** How things stand: licenses and seats, what asks for attention, what happened, and the proof. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { overviewQuery } from "../../api/overview";
import { useWhy } from "../../lib/can";
import { formatTime } from "../../lib/format";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { buttonClass } from "../../ui/Button";
import { Page } from "../../ui/Page";
import { ErrorState, Loading } from "../../ui/States";
import { Attention } from "./Attention";
import { Figures } from "./Figures";
import { FirstSteps } from "./FirstSteps";
import { LedgerCard } from "./LedgerCard";
import { Newest } from "./Newest";
import { Plots } from "./Plots";
import { ShowSteps } from "./ShowSteps";

export function Overview() {
  const overview = useQuery(overviewQuery);
  const { data } = overview;
  return (
    <Page
      title={m.overview()}
      lead={data ? m.overview_at({ time: formatTime(data.at) }) : m.overview_lead()}
      actions={
        <>
          <ShowSteps />
          <Issue />
        </>
      }
    >
      <div className="flex flex-col gap-4 px-6 pb-10 max-sm:px-4">
        <FirstSteps />
        {overview.isPending && <Loading />}
        {overview.isError && !data && (
          <ErrorState error={overview.error} onRetry={() => overview.refetch()} />
        )}
        {data && (
          <>
            <Figures overview={data} />
            <Attention overview={data} />
            <Plots overview={data} />
            <div className="grid gap-4 *:min-w-0 xl:grid-cols-[3fr_2fr]">
              <Newest />
              <LedgerCard overview={data} />
            </div>
          </>
        )}
      </div>
    </Page>
  );
}

function Issue() {
  const why = useWhy()("issue_license");
  if (why !== null) {
    return (
      <ActionButton kind="primary" icon={Plus} why={why}>
        {m.overview_issue()}
      </ActionButton>
    );
  }
  return (
    <Link to="/licenses" search={{ issue: true }} className={buttonClass("primary")}>
      <Plus aria-hidden size={15} />
      {m.overview_issue()}
    </Link>
  );
}
