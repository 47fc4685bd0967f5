import type { Leaderboard } from "@/api/evaluations";
import { FEW, sayClips } from "./metricLabels";

const OFFLINE_LIMITS =
  "It knows what faces do in the usual English words and nothing else: it tells no persons apart, " +
  "and captions of faces agree by it a good deal by chance. Read its AutoDQ and TEM beside the " +
  "chance rows, and never beside published ones.";
const HOSTED_LIMITS =
  "A language model may be flattered by a caption or change its mind with its version. Its numbers " +
  "belong beside numbers of the same judge only.";

/** Who judged, on what, and what that judge cannot see. */
export function JudgeNote({ table }: { table: Leaderboard }) {
  const { clips, judge, judge_name: name, set_digest: digest } = table;
  return (
    <p className="quiet">
      {sayClips(clips)}, set <span className="figures">{digest.slice(0, 12)}</span>, judged by{" "}
      {name || "the offline judge"}. {judge === null ? OFFLINE_LIMITS : HOSTED_LIMITS} Bars are 95 %
      intervals over the choice of clips, not over the judge&apos;s errors
      {clips < FEW && "; of so few clips they say next to nothing"}.
    </p>
  );
}
