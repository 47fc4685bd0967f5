import { Link } from "@tanstack/react-router";

import type { Claim } from "@/api/types";
import { workPath } from "@/core/paths";
import classes from "./HeldWork.module.css";
import { Badge } from "@/ui/Badge";

function formatTime(at: string): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
}

/** What the person holds already; work sent back by a reviewer says so. */
export function HeldWork({ claims }: { claims: readonly Claim[] }) {
  if (claims.length === 0) return null;
  return (
    <ul className={classes.list} aria-label="Work you hold">
      {claims.map((claim) => (
        <li key={`${claim.kind}-${claim.id}`} className={classes.row}>
          <Link to={workPath(claim)}>{claim.clip_name}</Link>
          {claim.status === "returned" && <Badge tone="warning">Returned to you</Badge>}
          {claim.lease_until !== null && (
            <span className="quiet">yours until {formatTime(claim.lease_until)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
