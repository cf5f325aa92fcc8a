// Keeps Tab inside the panel while it is open, and knows where focus was before.
// It must not pull focus back when the user clicks elsewhere: that is the user's right.

const FOCUSABLE = "button, textarea, input, select, summary, a[href], [tabindex='0']";

function reachable(element: HTMLElement): boolean {
  if (element.matches(":disabled") || element.closest("[hidden], [inert]")) return false;
  // What is inside closed <details> can't be reached, except its summary.
  const folded = element.closest("details:not([open])");
  return !folded || element.tagName === "SUMMARY";
}

export function focusables(container: Element): HTMLElement[] {
  return [...container.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(reachable);
}

/** Handles a keydown of Tab: wraps around at both ends. */
export function trapTab(event: KeyboardEvent, container: Element): void {
  if (event.key !== "Tab") return;
  const list = focusables(container);
  const first = list[0];
  const last = list.at(-1);
  if (!first || !last) return;
  const root = container.getRootNode();
  const active = root instanceof ShadowRoot ? root.activeElement : document.activeElement;
  const leaving = event.shiftKey ? active === first : active === last;
  if (!leaving && active && container.contains(active)) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}

/** The focused element, looked up through open shadow roots. */
export function deepActive(): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : null;
}
