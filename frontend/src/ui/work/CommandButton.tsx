import { ActionIcon } from "@mantine/core";

import { type Command, isMacPlatform } from "@/core/commands";
import { type ActionId, namesOf } from "@/core/keymap";
import { Icon, type IconName } from "@/ui/Icon";

interface Props {
  commands: readonly Command[];
  id: ActionId;
  icon: IconName;
  /** For buttons that stay down: whether it is. */
  isPressed?: boolean;
}

/** The first chord of a command, as a tooltip says it. */
export function hintOf({ keys }: Command): string {
  const chord = keys.player[0] ?? keys.typing[0];
  return chord === undefined
    ? keys.label
    : `${keys.label} (${namesOf(chord, isMacPlatform()).join(" ")})`;
}

/** A tool bar button drawn from its command. */
export function CommandButton({ commands, id, icon, isPressed }: Props) {
  const command = commands.find((candidate) => candidate.id === id);
  if (command === undefined) return null;
  return (
    <ActionIcon
      size="lg"
      aria-label={command.keys.label}
      title={hintOf(command)}
      aria-pressed={isPressed}
      variant={isPressed === true ? "light" : "subtle"}
      color={isPressed === true ? "ink" : "gray"}
      disabled={!command.isEnabled}
      onClick={command.run}
    >
      <Icon name={icon} />
    </ActionIcon>
  );
}
