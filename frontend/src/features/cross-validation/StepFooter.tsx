import { Button } from "@mantine/core";

import type { Command } from "@/core/commands";
import { CommandButton, hintOf } from "@/ui/work/CommandButton";

import type { AskedStep } from "./StepDialogs";

interface Props {
  commands: readonly Command[];
  /** The third reviewer's word ends the dispute. */
  isFinal: boolean;
  isBusy: boolean;
  /** What is still to be done before agreeing; null when nothing is. */
  missing: string | null;
  onAsk: (step: AskedStep) => void;
}

export function StepFooter({ commands, isFinal, isBusy, missing, onAsk }: Props) {
  const finish = commands.find(({ id }) => id === "finish");
  return (
    <>
      {missing !== null && <span className="quiet">{missing}</span>}
      <CommandButton commands={commands} id="undoPick" icon="undo" />
      {isFinal ? (
        <>
          <Button variant="default" onClick={() => onAsk("reject")}>
            Reject the clip…
          </Button>
          <Button variant="default" onClick={() => onAsk("send-back")}>
            Send back…
          </Button>
        </>
      ) : (
        <Button variant="default" onClick={() => onAsk("dispute")}>
          Dispute…
        </Button>
      )}
      {finish !== undefined && (
        <Button
          loading={isBusy}
          disabled={!finish.isEnabled}
          title={hintOf(finish)}
          onClick={finish.run}
        >
          {isFinal ? "Settle and next" : "Agree and next"}
        </Button>
      )}
    </>
  );
}
