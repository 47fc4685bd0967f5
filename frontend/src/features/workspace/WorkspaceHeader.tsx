import { ActionIcon } from "@mantine/core";

import type { Assignment } from "@/api/types";
import { Badge } from "@/ui/Badge";
import { Icon } from "@/ui/Icon";
import { ModeChip } from "@/ui/work/ModeChip";

interface Props {
  assignment: Assignment;
  onHelp: () => void;
}

export function WorkspaceHeader({ assignment, onHelp }: Props) {
  return (
    <>
      <h1>{assignment.clip.name}</h1>
      {assignment.return !== null && <Badge tone="warning">Returned to you</Badge>}
      {assignment.status === "submitted" && <Badge tone="positive">Submitted</Badge>}
      <ModeChip />
      <ActionIcon
        size="lg"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
        onClick={onHelp}
      >
        <Icon name="question" />
      </ActionIcon>
    </>
  );
}
