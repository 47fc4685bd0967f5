import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { queueQuery } from "@/api/queue";
import { useHasRole } from "@/api/roles";
import { RoleQueueCard } from "./RoleQueueCard";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";

const ROLES = ["annotator", "reviewer", "cross_validator"] as const;

function sayToday(submitted: number): string {
  if (submitted === 0) return "Nothing submitted yet today.";
  return submitted === 1 ? "1 clip submitted today." : `${submitted} clips submitted today.`;
}

export function QueuePage({ projectId }: { projectId: number }) {
  const { data: queue, error } = useQuery(queueQuery(projectId));
  const held = queue === undefined ? [] : ROLES.filter((role) => queue[role] !== undefined);
  return (
    <Page
      title="My queue"
      {...(queue === undefined ? {} : { description: sayToday(queue.today.submitted) })}
    >
      <ErrorNotice error={error} />
      {queue === undefined && error === null && <Loading label="Loading your queue" />}
      {queue !== undefined && held.length === 0 && <NoQueue projectId={projectId} />}
      {held.map((role) => {
        const roleQueue = queue?.[role];
        return (
          roleQueue !== undefined && (
            <RoleQueueCard key={role} projectId={projectId} role={role} queue={roleQueue} />
          )
        );
      })}
    </Page>
  );
}

function NoQueue({ projectId }: { projectId: number }) {
  const isLead = useHasRole(projectId, "lead");
  return (
    <EmptyState
      title="There is no queue for you here"
      action={
        isLead && (
          <Link to="/projects/$projectId/members" params={{ projectId }}>
            Members
          </Link>
        )
      }
    >
      You neither annotate nor review in this project.{" "}
      {isLead ? "As its lead you can take a role." : "The lead can give you a role."}
    </EmptyState>
  );
}
