import { ActionIcon } from "@mantine/core";

import type { Assignment } from "@/api/types";
import { Badge } from "@/ui/Badge";
import { Icon } from "@/ui/Icon";
import { LeaseClock } from "@/ui/work/LeaseClock";
import { ModeChip } from "@/ui/work/ModeChip";
import { SaveChip } from "@/ui/work/SaveChip";

import type { WorkspaceSession } from "./useWorkspace";

interface Props {
  assignment: Assignment;
  session: WorkspaceSession;
  onHelp: () => void;
}

export function WorkspaceHeader({ assignment, session, onHelp }: Props) {
  const { leaseUntil, isReadOnly, journal, extend } = session;
  return (
    <>
      <h1>{assignment.clip.name}</h1>
      {assignment.status === "returned" && <Badge tone="warning">Returned to you</Badge>}
      {assignment.status === "submitted" && <Badge tone="positive">Submitted</Badge>}
      <SaveChip journal={journal} />
      {leaseUntil !== null && !isReadOnly && (
        <LeaseClock leaseUntil={leaseUntil} onExtend={extend} />
      )}
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
