// Calls, newest first: what is stored, page by page as it is scrolled to, and in front of it what ends meanwhile.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Activity, ApiError } from "../../ipc/generated";
import { apiError, useHost } from "../../ipc/host";

const PAGE = 500;
/** Calls that end within this time are shown at once: a flood of them must not stop the window. */
const PACE_MS = 150;
/** More than are ever looked at. */
const LIVE_MAX = 20_000;

export function useCalls() {
  const host = useHost();
  const live = useLive();
  const read = useInfiniteQuery<Activity[], ApiError, Activity[], ["activity_list"], string | undefined>({
    queryKey: ["activity_list"],
    initialPageParam: undefined,
    // What ended since comes as events; after another screen it is read anew.
    gcTime: 0,
    queryFn: ({ pageParam: before }) =>
      host.call("activity_list", { limit: PAGE, ...(before === undefined ? {} : { before }) }).then(
        ({ items }) => items,
        (thrown: unknown) => {
          throw apiError(thrown);
        },
      ),
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.id),
    select: ({ pages }) => pages.flat(),
  });
  const calls = useMemo(() => joined(live, read.data ?? []), [live, read.data]);
  return { ...read, calls };
}

/** A call that ended while the first page was on its way is in both. */
export function joined(live: Activity[], stored: Activity[]): Activity[] {
  if (live.length === 0) return stored;
  const known = new Set(live.map((call) => call.id));
  return [...live, ...stored.filter((call) => !known.has(call.id))];
}

function useLive(): Activity[] {
  const host = useHost();
  const [live, setLive] = useState<Activity[]>([]);
  const waiting = useRef<Activity[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer = undefined;
      const newest = waiting.current.reverse();
      waiting.current = [];
      setLive((before) => [...newest, ...before].slice(0, LIVE_MAX));
    };
    const stop = host.listen((event) => {
      if (event.type !== "call") return;
      waiting.current.push(event.activity);
      timer ??= setTimeout(show, PACE_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [host]);
  return live;
}
