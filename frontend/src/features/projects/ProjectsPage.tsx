import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { meQuery } from "@/api/session";
import { ROLE_LABELS } from "@/core/roles";
import classes from "./ProjectsPage.module.css";
import { Badge } from "@/ui/Badge";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";

export function ProjectsPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <Page title="Your projects">
      {me.projects.length === 0 && (
        <EmptyState title="You are in no project yet">
          Ask the lead of a project to invite {me.email}.
        </EmptyState>
      )}
      <ul className={classes.list}>
        {me.projects.map((project) => (
          <li key={project.id} className={classes.project}>
            <Link to="/projects/$projectId/queue" params={{ projectId: project.id }}>
              {project.name}
            </Link>
            <span className={classes.roles}>
              {project.roles.map((role) => (
                <Badge key={role}>{ROLE_LABELS[role]}</Badge>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Page>
  );
}
