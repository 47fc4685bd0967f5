import { Link } from "@tanstack/react-router";

import type { Clip } from "@/api/types";
import classes from "./clips.module.css";
import type { Column } from "@/ui/DataTable";
import { ProgressBar } from "@/ui/ProgressBar";
import { StageBadge } from "@/ui/StageBadge";
import { Time } from "@/ui/Time";

export const CLIP_COLUMNS: readonly Column<Clip>[] = [
  {
    key: "poster",
    header: "Picture",
    cell: ({ poster_url: url, stage }) =>
      stage !== "withdrawn" && (
        <img className={classes.poster} src={url} alt="" loading="lazy" width={96} height={54} />
      ),
  },
  {
    key: "name",
    header: "Clip",
    cell: ({ id, name }) => (
      <Link to="/clips/$clipId" params={{ clipId: id }} className={classes.name}>
        {name}
      </Link>
    ),
  },
  { key: "stage", header: "Stage", cell: ({ stage }) => <StageBadge stage={stage} /> },
  {
    key: "slots",
    header: "Annotations",
    cell: ({ slots, name }) =>
      slots.total > 0 && (
        <ProgressBar label={`Annotations of ${name}`} done={slots.submitted} total={slots.total} />
      ),
  },
  { key: "source", header: "Source", cell: ({ source }) => source.name },
  { key: "emotion", header: "Emotion", cell: ({ emotion }) => emotion },
  {
    key: "length",
    header: "Length",
    numeric: true,
    cell: ({ duration_s: seconds }) => `${seconds.toFixed(1)} s`,
  },
  { key: "since", header: "In stage since", cell: ({ stage_since }) => <Time at={stage_since} /> },
];
