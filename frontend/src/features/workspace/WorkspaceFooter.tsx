import { Button } from "@mantine/core";

import type { Command } from "@/core/commands";
import type { ActionId } from "@/core/keymap";
import { CommandButton, hintOf } from "@/ui/work/CommandButton";

interface Props {
  commands: readonly Command[];
  isReadOnly: boolean;
  isSubmitting: boolean;
  onReject: () => void;
}

export function WorkspaceFooter({ commands, isReadOnly, isSubmitting, onReject }: Props) {
  if (isReadOnly) return null;
  const commandOf = (id: ActionId) => commands.find((command) => command.id === id);
  const skip = commandOf("skip");
  const submit = commandOf("submit");
  return (
    <>
      <CommandButton commands={commands} id="undo" icon="undo" />
      <CommandButton commands={commands} id="redo" icon="redo" />
      {skip !== undefined && (
        <Button variant="default" title={hintOf(skip)} onClick={skip.run}>
          Skip…
        </Button>
      )}
      <Button variant="default" onClick={onReject}>
        Clip is unusable…
      </Button>
      {submit !== undefined && (
        <Button loading={isSubmitting} title={hintOf(submit)} onClick={submit.run}>
          Submit and next
        </Button>
      )}
    </>
  );
}
