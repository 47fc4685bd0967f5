import { useEffect } from "react";

import { currentProject } from "@/core/currentProject";

/** For pages whose address does not name their project: the header shows it all the same. */
export function useProjectOfPage(projectId: number): void {
  useEffect(() => currentProject.enter(projectId), [projectId]);
}
