import { Button, Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";

import type { ProjectRef } from "@/api/types";

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
          {current?.name ?? "Choose a project"}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {projects.map((project) => (
          <Menu.Item
            key={project.id}
            aria-current={project.id === current?.id ? "true" : undefined}
            onClick={() => {
              void navigate({
                to: "/projects/$projectId/queue",
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
