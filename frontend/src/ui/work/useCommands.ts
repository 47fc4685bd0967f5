import { useEffect, useEffectEvent } from "react";

import { type Command, commandFor, isControlsOwn, isMacPlatform, modeAt } from "@/core/commands";

function isBehindDialog(): boolean {
  return document.querySelector("[role='dialog'][aria-modal='true']") !== null;
}

/** Lets the keyboard run the commands of a page while it is open. An open dialog keeps its keys. */
export function useCommands(commands: readonly Command[]): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isBehindDialog() || isControlsOwn(event.target, event)) return;
    const command = commandFor(commands, event, modeAt(event.target), isMacPlatform());
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    command.run();
  });
  useEffect(() => {
    // In the capture phase: the text editor must not see a chord that is ours.
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listener, { capture: true });
    return () => window.removeEventListener("keydown", listener, { capture: true });
  }, []);
}
