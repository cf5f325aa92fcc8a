// How far a test came, as a pure function of its report: every stage, also those it never reached.
import type { Stage, TestReport } from "../../ipc/generated";

const order: Stage[] = ["name", "tcp", "tls", "auth", "model", "capability", "quota", "first-byte"];

/** `unjudged`: the test went past it and learned nothing of it (no TLS on this machine, no picture made for a test). */
export type StageState = "passed" | "failed" | "unreached" | "unjudged";

export function stagesOf(report: TestReport): { stage: Stage; state: StageState }[] {
  const failedAt = order.findIndex((stage) =>
    report.stages.some((each) => each.stage === stage && each.cause),
  );
  return order.map((stage, place) => {
    const found = report.stages.find((each) => each.stage === stage);
    if (found) return { stage, state: found.cause ? "failed" : "passed" };
    return { stage, state: failedAt >= 0 && place > failedAt ? "unreached" : "unjudged" };
  });
}
