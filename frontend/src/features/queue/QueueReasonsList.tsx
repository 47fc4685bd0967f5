import type { QueueReasons } from "@/api/types";
import classes from "./QueueReasonsList.module.css";

type Counted = Exclude<keyof QueueReasons, "clips_total">;

const SENTENCES: Readonly<Record<Counted, string>> = {
  claimable: "can be taken now",
  already_yours: "you have worked on already",
  held_by_others: "are held by others right now",
  full: "have all the people they need",
  skipped_by_you: "you skipped",
  excluded_by_role_rule: "are closed to you, because you worked on them in another role",
  earlier_stage: "are not ready for this step yet",
  later_stage: "are past this step",
  rejected_or_withdrawn: "were rejected or withdrawn",
};

function isCounted(key: string): key is Counted {
  return key in SENTENCES;
}

/** Why nothing can be taken, in numbers that add up to the project's clips. */
export function QueueReasonsList({ reasons }: { reasons: QueueReasons }) {
  if (reasons.clips_total === 0) return <p>The project has no clips yet.</p>;
  const counted = Object.keys(SENTENCES)
    .filter(isCounted)
    .filter((key) => reasons[key] > 0);
  return (
    <>
      <p>Of {reasons.clips_total} clips in this project:</p>
      <ul className={classes.list}>
        {counted.map((key) => (
          <li key={key}>
            <span className={`figures ${classes.count ?? ""}`}>{reasons[key]}</span>{" "}
            {SENTENCES[key]}
          </li>
        ))}
      </ul>
    </>
  );
}
