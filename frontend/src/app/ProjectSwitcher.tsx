import { Button, Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";

import type { ProjectRef } from "@/api/types";
import classes from "@/app/Shell.module.css";
import { firstPage } from "@/core/paths";

interface Props {
  projects: ProjectRef[];
  current: ProjectRef | null;
}

export function ProjectSwitcher({ projects, current }: Props) {
  const navigate = useNavigate();
  if (projects.length === 0) return null;
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button variant="default" size="xs" rightSection={<span aria-hidden>▾</span>}>
          <span className="visually-hidden">Project: </span>
          <span className={classes.project} title={current?.name}>
            {current?.name ?? "Choose a project"}
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {projects.map((project) => (
          <Menu.Item
            key={project.id}
            aria-current={project.id === current?.id ? "true" : undefined}
            onClick={() => {
              void navigate({
                to: firstPage(project.roles),
                params: { projectId: project.id },
              });
            }}
          >
            {project.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
