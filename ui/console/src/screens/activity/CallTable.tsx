// Calls as a grid of which only the rows in sight exist, so that a hundred thousand scroll like ten. One row is chosen;
// the arrow keys move the choice.
// biome-ignore-all lint/a11y/useSemanticElements: a table of which most rows do not exist cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid's arrow keys choose
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Pill } from "../../components/controls";
import type { Activity } from "../../ipc/generated";
import { causeWords, useMessages } from "../../messages";
import { FaultPill } from "../faults/FaultPill";
import { asked, tries, units } from "../overview/calls";
import { duration } from "../overview/flow";
import { FromTape } from "../tapes/TapePill";
import css from "./activity.module.css";
import { MiniWaterfall } from "./Waterfall";

const ROW = 34;
const columns = ["when", "addon", "provider", "result", "fall", "total", "units"] as const;

export interface CallTableProps {
  calls: Activity[];
  names: Map<string, string>;
  chosen: string | null;
  choose: (id: string) => void;
  /** The end of what is loaded is in sight. */
  onEnd: () => void;
}

export function CallTable({ calls, names, chosen, choose, onEnd }: CallTableProps) {
  const { t, language } = useMessages();
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: calls.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
    getItemKey: (index) => calls[index]?.id ?? index,
  });
  const seen = rows.getVirtualItems();
  const last = seen.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= calls.length - 20) onEnd();
  }, [last, calls.length, onEnd]);
  const at = calls.findIndex((call) => call.id === chosen);
  const move = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? ROW) / ROW) - 2);
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const ends: Record<string, number> = { Home: 0, End: calls.length - 1 };
    const step = steps[event.key];
    const wanted = ends[event.key] ?? (step === undefined ? undefined : at < 0 ? 0 : at + step);
    if (wanted === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const index = Math.min(calls.length - 1, Math.max(0, wanted));
    const call = calls[index];
    if (!call) return;
    choose(call.id);
    rows.scrollToIndex(index);
  };
  const shown = seen.some((row) => row.key === chosen);
  return (
    <div
      ref={box}
      className={css.grid}
      role="grid"
      aria-label={t("activity.title")}
      aria-rowcount={calls.length + 1}
      aria-activedescendant={shown ? `call-${chosen}` : undefined}
      tabIndex={0}
      data-testid="activity-grid"
      onKeyDown={move}
    >
      <div className={css.head} role="row" aria-rowindex={1}>
        {columns.map((column) => (
          <span key={column} role="columnheader">
            {t(column === "fall" ? "fall.column" : `table.${column}`)}
          </span>
        ))}
      </div>
      <div className={css.all} role="rowgroup" style={{ height: rows.getTotalSize() }}>
        {seen.map((row) => {
          const call = calls[row.index];
          return call ? (
            <div
              key={row.key}
              id={`call-${call.id}`}
              className={css.row}
              role="row"
              aria-rowindex={row.index + 2}
              aria-selected={call.id === chosen}
              data-testid="activity-row"
              style={{ transform: `translateY(${row.start}px)` }}
              onClick={() => choose(call.id)}
            >
              <Cells call={call} names={names} t={t} language={language} />
            </div>
          ) : null;
        })}
      </div>
    </div>
  );
}

type Words = ReturnType<typeof useMessages>;

function Cells({ call, names, t, language }: { call: Activity; names: Map<string, string> } & Words) {
  const more = tries(t, call);
  const cells = [
    <time key="when" className="mono" dateTime={new Date(call.at).toISOString()}>
      {when(call.at, language)}
    </time>,
    asked(t, call),
    names.get(call.provider ?? "") ?? call.provider_kind ?? "–",
    <span key="result" className={css.result}>
      <Pill tone={call.cause ? "warn" : "ok"}>
        {call.status}
        {call.cause && !call.fault ? ` ${causeWords(t, call.cause)}` : ""}
        {more ? ` · ${more}` : ""}
      </Pill>
      <FaultPill call={call} />
      <FromTape call={call} />
    </span>,
    <MiniWaterfall key="fall" call={call} />,
    <span key="total" className="mono">
      {duration(call.timings.total_us)}
    </span>,
    units(t, call, language) || "–",
  ];
  return cells.map((cell, index) => (
    <span key={columns[index]} role="gridcell">
      {cell}
    </span>
  ));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making a format anew for each row would cost more than the row. */
function when(at: number, language: string): string {
  let clock = clocks.get(language);
  if (!clock) {
    clock = new Intl.DateTimeFormat(language, {
      ...{ month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" },
      hourCycle: "h23",
    });
    clocks.set(language, clock);
  }
  return clock.format(at);
}
