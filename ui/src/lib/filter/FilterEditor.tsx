/** Where a filter is changed, each kind in its own way. Every change shows in the list at once. */

import type { ReactNode } from "react";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { DateField } from "../../ui/DateField";
import { OptionList } from "../../ui/OptionList";
import { SearchField } from "../../ui/SearchField";
import { counted } from "../format";
import { keysOf } from "../labels";
import { RecordPicker } from "../records/RecordPicker";
import { sourceOf } from "../records/sources";
import { dayFromNow } from "../search";
import type { AnyFilter, DayFilter, RangeFilter, Search } from "./model";

export interface FilterEditorProps {
  filter: AnyFilter;
  search: Search;
  onChange: (patch: Search) => void;
  onClose: () => void;
}

export function FilterEditor(props: FilterEditorProps) {
  const { filter, search, onChange, onClose } = props;
  const title = filter.title();
  const choose = (patch: Search) => {
    onChange(patch);
    onClose();
  };
  switch (filter.kind) {
    case "text":
      return (
        <SearchField
          label={title}
          value={search[filter.param]}
          onChange={(value) => onChange({ [filter.param]: value })}
          className="w-72"
        />
      );
    case "choice":
      return (
        <OptionList
          label={title}
          options={keysOf(filter.of).map((id) => ({ id, text: filter.of[id]?.text() ?? id }))}
          value={search[filter.param]}
          onChange={(value) => choose({ [filter.param]: value })}
          autoFocus
        />
      );
    case "record":
      return (
        <RecordPicker
          label={title}
          className="w-72"
          source={sourceOf(filter.of, search)}
          value={search[filter.param]}
          onChange={(id) => (id ? choose : onChange)({ [filter.param]: id })}
          autoFocus
        />
      );
    case "day":
      return (
        <Days filter={filter} onChoose={(day) => choose({ [filter.param]: day })}>
          <DateField
            label={title}
            value={search[filter.param]}
            onChange={(day) => onChange({ [filter.param]: day })}
          />
        </Days>
      );
    case "range":
      return (
        <Days
          filter={filter}
          onChoose={(day) => {
            const ends = filter.counts === "back" ? [day, today()] : [today(), day];
            choose({ [filter.from]: ends[0], [filter.before]: ends[1] });
          }}
        >
          <DateField
            label={m.filter_from()}
            value={search[filter.from]}
            onChange={(day) => onChange({ [filter.from]: day })}
          />
          <DateField
            label={m.filter_before()}
            value={search[filter.before]}
            onChange={(day) => onChange({ [filter.before]: day })}
          />
        </Days>
      );
  }
}

const PRESETS_DAYS = [30, 90, 180];
const today = () => dayFromNow(0);

function Days(props: {
  filter: DayFilter | RangeFilter;
  onChoose: (day: string) => void;
  children: ReactNode;
}) {
  const { filter, onChoose, children } = props;
  const back = filter.counts === "back";
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {PRESETS_DAYS.map((days) => (
          <Button key={days} onPress={() => onChoose(dayFromNow(back ? -days : days))}>
            {counted(back ? m.filter_days_ago : m.filter_days_ahead, days)}
          </Button>
        ))}
      </div>
      {children}
    </>
  );
}
