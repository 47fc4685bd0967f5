import { useQuery } from "@tanstack/react-query";

import { useHasRole } from "@/api/roles";
import { planQuery } from "@/api/sampling";
import { sourcesQuery } from "@/api/sources";
import { GroupsCard } from "./GroupsCard";
import { PlanForm } from "./PlanForm";
import classes from "./screening.module.css";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";

/** Which of the clips that pass are taken, and which of them belong together. */
export function SamplingPlan({ projectId }: { projectId: number }) {
  const isLead = useHasRole(projectId, "lead");
  const plan = useQuery(planQuery(projectId));
  const sources = useQuery(sourcesQuery(projectId));
  return (
    <div className={classes.plan}>
      <ErrorNotice error={plan.error ?? sources.error} />
      {(plan.isPending || sources.isPending) && <Loading label="Loading the plan" />}
      {plan.data !== undefined && sources.data !== undefined && (
        <PlanForm
          projectId={projectId}
          quotas={plan.data}
          sources={sources.data}
          isReadOnly={!isLead}
        />
      )}
      <GroupsCard projectId={projectId} />
    </div>
  );
}
