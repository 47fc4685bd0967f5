import type { FreezeRequest, ReleasePreview } from "@/api/datasets";
import { HedgedCaptions } from "./HedgedCaptions";
import { leftOutSentence } from "./leftOut";
import classes from "./datasets.module.css";
import { SplitBar } from "./SplitBar";
import { SplitTargets } from "./SplitTargets";
import { StrataBars } from "./StrataBars";
import { Facts } from "@/ui/Facts";
import { Notice } from "@/ui/Notice";
import { useBroughtIntoView } from "@/ui/useBroughtIntoView";

interface Props {
  projectId: number;
  /** What it is the preview of. */
  request: FreezeRequest;
  preview: ReleasePreview;
}

/** What freezing would make now. */
export function FreezePreview({ projectId, request, preview }: Props) {
  const { counts, targets } = preview;
  const section = useBroughtIntoView<HTMLElement>(preview, "start");
  return (
    <section
      ref={section}
      tabIndex={-1}
      className={classes.preview}
      aria-label="What would be frozen"
    >
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
      <HedgedCaptions projectId={projectId} request={request} counts={counts} />
    </section>
  );
}
