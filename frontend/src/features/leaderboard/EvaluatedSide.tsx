import type { EvaluatedClip, Side } from "@/api/evaluations";
import { AlignedEvents } from "./AlignedEvents";
import classes from "./evaluation.module.css";
import { METRIC_LABELS, metricsIn, sayNumber } from "./metricLabels";
import { Notice } from "@/ui/Notice";

interface Props {
  side: Side;
  clip: EvaluatedClip;
}

/** What one row wrote of the clip, what it scored, and which events the judge found in it. */
export function EvaluatedSide({ side, clip }: Props) {
  return (
    <section className={classes.side} aria-label={side.name}>
      <h3>{side.name}</h3>
      <p className={classes.values}>
        {metricsIn(Object.keys(side.values)).map((metric) => (
          <span key={metric}>
            {METRIC_LABELS[metric]}{" "}
            <strong className="figures">{sayNumber(side.values[metric] ?? 0)}</strong>
          </span>
        ))}
      </p>
      <SideNotices side={side} />
      <p className={classes.text}>
        {side.text === "" ? <em className="quiet">An empty text.</em> : side.text}
      </p>
      {side.rewritten !== "" && (
        <details>
          <summary>What the judge read instead</summary>
          <p className={classes.text}>{side.rewritten}</p>
        </details>
      )}
      {side.against !== "" && side.against !== clip.reference && (
        <details>
          <summary>It was held against another text than the approved caption</summary>
          <p className={classes.text}>{side.against}</p>
        </details>
      )}
      {side.alignment !== null && <AlignedEvents alignment={side.alignment} name={side.name} />}
    </section>
  );
}

function SideNotices({ side }: { side: Side }) {
  return (
    <>
      {side.failure !== "" && (
        <Notice tone="warning" title="The model wrote nothing for this clip.">
          {side.error}
        </Notice>
      )}
      {side.unjudged !== "" && (
        <Notice tone="warning" title="The judge failed on this clip.">
          {side.unjudged}
        </Notice>
      )}
      {side.is_suspicious && (
        <Notice tone="warning">
          The text changed a good deal when it was rewritten. Compare the two before you trust its
          numbers.
        </Notice>
      )}
    </>
  );
}
