import type { ReleasePreview } from "@/api/datasets";
import { leftOutSentence } from "./leftOut";
import classes from "./datasets.module.css";
import { SplitBar } from "./SplitBar";
import { SplitTargets } from "./SplitTargets";
import { StrataBars } from "./StrataBars";
import { Facts } from "@/ui/Facts";
import { Notice } from "@/ui/Notice";

/** What freezing would make now. */
export function FreezePreview({ preview }: { preview: ReleasePreview }) {
  const { counts, targets, hedged } = preview;
  return (
    <section className={classes.preview} aria-label="What would be frozen">
      <h3>What would be frozen</h3>
      {preview.warnings.map(({ code, message }) => (
        <Notice key={code} tone="warning">
          {message}
        </Notice>
      ))}
      <SplitBar counts={counts} />
      <SplitTargets counts={counts} targets={targets} />
      <Facts
        facts={[
          { name: "Clips", value: counts.total },
          { name: "Groups", value: counts.groups },
          {
            name: "Locked for test",
            value: preview.locked > 0 ? `${preview.locked} by an earlier version` : "",
          },
          { name: "Left out", value: leftOutSentence(counts.left_out) },
        ]}
      />
      <div className={classes.pair}>
        <StrataBars title="By source" strata={preview.sources} />
        <StrataBars title="By emotion" strata={preview.emotions} />
      </div>
      {hedged.length > 0 && <Hedged preview={preview} />}
    </section>
  );
}

function Hedged({ preview: { counts, hedged } }: { preview: ReleasePreview }) {
  const count = counts.hedged ?? hedged.length;
  return (
    <details>
      <summary>
        {count === 1 ? "1 caption still hedges" : `${count} captions still hedge`} without
        inferences
      </summary>
      <p className="quiet">Frozen with the others unless they are left out above.</p>
      <ul className={classes.hedged}>
        {hedged.map((caption) => (
          <li key={caption.clip_id}>
            <a href={`/clips/${caption.clip_id}`} target="_blank" rel="noreferrer">
              {caption.clip_name}
            </a>
            : “{caption.hedges.join("”, “")}”
          </li>
        ))}
      </ul>
      {count > hedged.length && <p className="quiet">The first {hedged.length} are shown.</p>}
    </details>
  );
}
