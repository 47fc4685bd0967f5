import { useInfiniteQuery } from "@tanstack/react-query";

import { type GivenRole, givenRolesQuery } from "@/api/modelVersions";
import { rowsOf } from "@/api/pages";
import { ROLE_TONES, sayRole } from "./modelLabels";
import classes from "./models.module.css";
import { Badge } from "@/ui/Badge";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { LoadMore } from "@/ui/LoadMore";
import { Time } from "@/ui/Time";

/** Who gave which version which role, when and why. */
export function RoleHistory({ projectId }: { projectId: number }) {
  const roles = useInfiniteQuery(givenRolesQuery(projectId));
  const rows = rowsOf(roles.data);
  return (
    <Card title="History">
      <ErrorNotice error={roles.error} />
      {roles.isPending && <Loading label="Loading the history" />}
      {roles.data !== undefined && rows.length === 0 && (
        <p className="quiet">Nobody has given a model a role yet.</p>
      )}
      <ol className={classes.history}>
        {rows.map((row) => (
          <Entry key={`${row.version} ${row.created_at} ${row.role}`} row={row} />
        ))}
      </ol>
      <LoadMore
        what="history"
        hasMore={roles.hasNextPage}
        isLoading={roles.isFetchingNextPage}
        onLoad={() => void roles.fetchNextPage()}
      />
    </Card>
  );
}

function Entry({ row }: { row: GivenRole }) {
  return (
    <li data-ended={row.ended_at !== null}>
      <div>
        <Badge tone={ROLE_TONES[row.role]}>{sayRole(row)}</Badge> <strong>{row.name}</strong>
      </div>
      {row.reason !== "" && <p>{row.reason}</p>}
      <p className="quiet">
        {row.given_by ?? "The product"}, <Time at={row.created_at} />
        {row.ended_at !== null && (
          <>
            {" until "}
            <Time at={row.ended_at} />
          </>
        )}
      </p>
    </li>
  );
}
