import { Link } from "@tanstack/react-router";

import type { LowClip } from "@/api/agreement";
import { sayNumber } from "./measures";
import { type Column, DataTable } from "@/ui/DataTable";

const COLUMNS: readonly Column<LowClip>[] = [
  {
    key: "clip",
    header: "Clip",
    cell: ({ clip_id: clipId, clip_name: name }) => (
      <Link to="/clips/$clipId" params={{ clipId }}>
        {name}
      </Link>
    ),
  },
  { key: "f1", header: "Event F1", numeric: true, cell: (clip) => sayNumber(clip.event_f1) },
  { key: "tem", header: "TEM", numeric: true, cell: (clip) => sayNumber(clip.tem) },
  {
    key: "words",
    header: "Words apart",
    numeric: true,
    cell: (clip) => sayNumber(clip.word_distance),
  },
  { key: "pairs", header: "Pairs", numeric: true, cell: ({ pairs }) => pairs },
];

interface Props {
  caption: string;
  clips: readonly LowClip[];
}

/** What people agree on least: worth a look for what the guideline leaves open. */
export function LowestClips({ caption, clips }: Props) {
  return (
    <DataTable
      caption={caption}
      columns={COLUMNS}
      rows={clips}
      rowKey={({ clip_id }) => clip_id}
      empty=""
    />
  );
}
