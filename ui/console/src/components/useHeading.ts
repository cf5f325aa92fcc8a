// A control that goes with the state it belonged to leaves the focus nowhere. It then goes to the heading that says the
// new state, so that a keyboard and a screen reader go on from there.
import { useEffect, useRef } from "react";

export function useHeading(state: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each state
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, [state]);
  return { ref: heading, tabIndex: -1 };
}
