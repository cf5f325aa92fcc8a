// Samples of tapes: one set that is recorded and one that plays. Holds no answer.
import type { TapeSetView } from "../generated";

const base = { bytes_max: 67_108_864, damaged: false, lost: null, users: [] };

export const tapes: TapeSetView[] = [
  {
    ...base,
    id: "22222200-0000-4000-8000-000000000001",
    name: "Spring demo",
    created: 1_790_000_000_000,
    kinds: ["openai"],
    exchanges: 12,
    bytes: 48_200,
    recorded: 1_790_000_600_000,
  },
];
