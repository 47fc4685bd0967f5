import { useQuery } from "@tanstack/react-query";

import { type ModelVersion, modelVersionsQuery } from "@/api/modelVersions";
import { kindLabel } from "@/core/modelKinds";
import { ROLE_TONES, sayMake, sayRole } from "./modelLabels";
import classes from "./models.module.css";
import { RegisterButton } from "./RegisterButton";
import { RoleButton } from "./RoleButton";
import { RoleHistory } from "./RoleHistory";
import { TrainedBy } from "./TrainedBy";
import { WhoDrafts } from "./WhoDrafts";
import { Badge } from "@/ui/Badge";
import { Card } from "@/ui/Card";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { Time } from "@/ui/Time";

export function VersionsPart({ projectId }: { projectId: number }) {
  const versions = useQuery(modelVersionsQuery(projectId));
  return (
    <div className={classes.part}>
      <ErrorNotice error={versions.error} />
      {versions.isPending && <Loading label="Loading the models" />}
      {versions.data !== undefined && (
        <>
          <WhoDrafts projectId={projectId} versions={versions.data} />
          <Card title="Versions" aside={<RegisterButton projectId={projectId} />}>
            <p className="quiet">A version never changes. To change a model, register another.</p>
            <DataTable
              caption="Model versions, newest first"
              columns={columnsFor(projectId)}
              rows={versions.data}
              rowKey={({ uid }) => uid}
              empty={<EmptyState title="There are no models yet">Register one.</EmptyState>}
            />
          </Card>
        </>
      )}
      <RoleHistory projectId={projectId} />
    </div>
  );
}

function columnsFor(projectId: number): readonly Column<ModelVersion>[] {
  return [
    {
      key: "name",
      header: "Version",
      cell: (version) => (
        <div className={classes.named}>
          <strong>{version.name}</strong>
          <span className="quiet">{sayMake(version)}</span>
          <TrainedBy {...version} />
        </div>
      ),
    },
    { key: "kind", header: "Kind", cell: ({ kind }) => kindLabel(kind) },
    {
      key: "role",
      header: "Role",
      cell: ({ role }) =>
        role === null ? (
          <span className="quiet">None</span>
        ) : (
          <Badge tone={ROLE_TONES[role.role]}>{sayRole(role)}</Badge>
        ),
    },
    { key: "registered", header: "Registered", cell: registeredCell },
    {
      key: "change",
      header: "Change",
      // With its role in the key the dialog begins with the role that the version has now.
      cell: (version) => (
        <RoleButton
          key={`${version.uid} ${version.role?.role ?? ""}`}
          projectId={projectId}
          version={version}
        />
      ),
    },
  ];
}

function registeredCell({
  is_shipped: isShipped,
  registered_by: by,
  created_at: at,
}: ModelVersion) {
  if (isShipped) return <span className="quiet">With the product</span>;
  return (
    <div className={classes.named}>
      <Time at={at} />
      <span className="quiet">{by}</span>
    </div>
  );
}
