import { useEffect, useRef } from "react";

/**
 * For what comes as the answer to a button that may be far from it: once there is one, it is scrolled
 * to. It also takes the focus, which browsers take from a button while that is busy; give it a
 * `tabIndex` of -1.
 */
export function useBroughtIntoView<E extends HTMLElement>(
  answer: unknown,
  block: ScrollLogicalPosition,
) {
  const element = useRef<E>(null);
  useEffect(() => {
    if (answer === null) return;
    element.current?.scrollIntoView({ block });
    if (document.activeElement === document.body) element.current?.focus({ preventScroll: true });
  }, [answer, block]);
  return element;
}
