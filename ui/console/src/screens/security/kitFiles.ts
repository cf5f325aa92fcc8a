// Where the files of the kit just made are, for as long as this window lives: they must be found again to be deleted.
// Paths only; what stands in the files is not known here.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { KitFiles } from "../../ipc/generated";

const queryKey = ["kit-files"];

export function useKitFiles(): [KitFiles | null, (files: KitFiles | null) => void] {
  const client = useQueryClient();
  const { data } = useQuery<KitFiles | null>({
    queryKey,
    queryFn: () => null,
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  });
  return [data ?? null, (files) => client.setQueryData(queryKey, files)];
}
