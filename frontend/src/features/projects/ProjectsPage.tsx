import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { meQuery } from "@/api/session";
import { firstPage } from "@/core/paths";
import { ROLE_LABELS } from "@/core/roles";
import { NewProjectButton } from "./NewProjectButton";
import classes from "./ProjectsPage.module.css";
import { Badge } from "@/ui/Badge";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";

export function ProjectsPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <Page
      title="Your projects"
      {...(me.can_create_projects ? { actions: <NewProjectButton /> } : {})}
    >
      {me.projects.length === 0 && (
        <EmptyState title="You are in no project yet">
          {me.can_create_projects
            ? "Make the first one."
            : `Ask the lead of a project to invite ${me.email}.`}
        </EmptyState>
      )}
      <ul className={classes.list}>
        {me.projects.map((project) => (
          <li key={project.id} className={classes.project}>
            <Link to={firstPage(project.roles)} params={{ projectId: project.id }}>
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
