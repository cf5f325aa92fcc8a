// The audit chain page by page, newest first. What is shown is read again when an entry is added anywhere.
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ApiError, AuditEntryView } from "../../ipc/generated";
import { apiError, useHost } from "../../ipc/host";

const PAGE = 50;

export function useAudit() {
  const host = useHost();
  const read = useInfiniteQuery<
    AuditEntryView[],
    ApiError,
    AuditEntryView[],
    ["audit_list"],
    number | undefined
  >({
    queryKey: ["audit_list"],
    initialPageParam: undefined,
    queryFn: ({ pageParam: before }) =>
      host.call("audit_list", { limit: PAGE, ...(before === undefined ? {} : { before }) }).then(
        ({ items }) => items,
        (thrown: unknown) => {
          throw apiError(thrown);
        },
      ),
    getNextPageParam: (page) => {
      const last = page.at(-1)?.seq;
      return page.length < PAGE || last === 1 ? undefined : last;
    },
    select: ({ pages }) => pages.flat(),
  });
  return read;
}
