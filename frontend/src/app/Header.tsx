import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect, useSyncExternalStore } from "react";

import { meQuery } from "@/api/session";
import { AccountMenu } from "@/app/AccountMenu";
import { pagesFor } from "@/app/navigation";
import { ProjectSwitcher } from "@/app/ProjectSwitcher";
import classes from "@/app/Shell.module.css";
import { currentProject } from "@/core/currentProject";
import icon from "@/styles/icon.svg";
import { ColorSchemeButton } from "@/ui/ColorSchemeButton";

export function Header() {
  const { data: me } = useSuspenseQuery(meQuery);
  const { projectId } = useParams({ strict: false });
  const remembered = useSyncExternalStore(currentProject.subscribe, currentProject.current);
  useEffect(() => {
    if (projectId !== undefined) currentProject.enter(projectId);
  }, [projectId]);
  const shown = projectId ?? remembered;
  const project = me.projects.find(({ id }) => id === shown) ?? null;

  return (
    <header className={classes.header}>
      <Link to="/" className={classes.brand}>
        <img src={icon} alt="" />
        Countenance
      </Link>
      <ProjectSwitcher projects={me.projects} current={project} />
      <nav className={classes.navigation} aria-label="Project">
        {project !== null &&
          pagesFor(project.roles).map((page) => (
            <Link
              key={page.to}
              to={page.to}
              params={{ projectId: project.id }}
              className={classes.link}
            >
              {page.label}
            </Link>
          ))}
      </nav>
      <div className={classes.person}>
        <ColorSchemeButton />
        <AccountMenu name={me.name} email={me.email} />
      </div>
    </header>
  );
}
