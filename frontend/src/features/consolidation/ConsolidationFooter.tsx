import { Button } from "@mantine/core";

import type { Command } from "@/core/commands";
import { CommandButton, hintOf } from "@/ui/work/CommandButton";

import type { OpenDialog } from "./ConsolidationDialogs";

interface Props {
  commands: readonly Command[];
  onOpen: (dialog: OpenDialog) => void;
}

export function ConsolidationFooter({ commands, onOpen }: Props) {
  const finish = commands.find(({ id }) => id === "finish");
  return (
    <>
      <CommandButton commands={commands} id="undoPick" icon="undo" />
      <Button variant="default" onClick={() => onOpen({ kind: "return" })}>
        Return an annotation…
      </Button>
      <Button variant="default" onClick={() => onOpen({ kind: "reject" })}>
        Reject the clip…
      </Button>
      {finish !== undefined && (
        <Button title={hintOf(finish)} onClick={finish.run}>
          Finish…
        </Button>
      )}
    </>
  );
}
