import { memo } from "react";

import type { Finding, ScreenedClip, ScreeningRules } from "@/api/screening";
import { findingOf, type Measure, MEASURES, troublesOf } from "./findings";
import classes from "./screening.module.css";
import { standingOf } from "./standing";
import type { Decision } from "./useDecisions";
import { Badge } from "@/ui/Badge";
import { Icon } from "@/ui/Icon";

interface Props {
  clips: readonly ScreenedClip[];
  rules: ScreeningRules | null;
  selectedId: number | null;
  decisions: ReadonlyMap<number, Decision>;
  onSelect: (clipId: number) => void;
}

/** Where a row stands on the page, for the keys that bring it into view. */
export const rowIdOf = (clipId: number) => `screened-clip-${clipId}`;

export function ScreenedList({ clips, rules, selectedId, decisions, onSelect }: Props) {
  return (
    <div className={classes.scroller}>
      <table className={classes.list}>
        <caption className="visually-hidden">Clips in the screening</caption>
        <thead>
          <tr>
            <th scope="col">Clip</th>
            {MEASURES.map((measure) => (
              <th key={measure.rule} scope="col" title={measure.name} data-numeric="true">
                {measure.header}
                <span className={classes.bound}>{boundOf(measure, rules)}</span>
              </th>
            ))}
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {clips.map((clip) => (
            <ScreenedRow
              key={clip.id}
              clip={clip}
              isSelected={clip.id === selectedId}
              decision={decisions.get(clip.id)}
              onSelect={onSelect}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function boundOf({ rule, bound, say }: Measure, rules: ScreeningRules | null): string {
  if (rules === null) return "";
  const bounds: Readonly<Record<string, number>> = {
    length: rules.max_seconds,
    main_area: rules.min_main_area,
    identities: rules.max_identities,
    cuts_per_10_s: rules.max_cuts_per_10_s,
    motion: rules.min_motion,
  };
  return `${bound} ${say(bounds[rule] ?? 0)}`;
}

interface RowProps {
  clip: ScreenedClip;
  isSelected: boolean;
  decision: Decision | undefined;
  onSelect: (clipId: number) => void;
}

/** Drawn anew only when its own clip changes: there may be thousands. */
const ScreenedRow = memo(function ScreenedRow(props: RowProps) {
  const { clip, isSelected, decision, onSelect } = props;
  return (
    <tr
      id={rowIdOf(clip.id)}
      className={classes.row}
      aria-current={isSelected}
      onClick={() => onSelect(clip.id)}
    >
      <td>
        <div className={classes.clip}>
          <img
            className={classes.poster}
            src={clip.poster_url}
            alt=""
            loading="lazy"
            width={72}
            height={40}
          />
          <div>
            <button
              type="button"
              className={classes.name}
              // Without the focus, so that Space plays the clip that was clicked.
              onMouseDown={(event) => event.preventDefault()}
            >
              {clip.name}
            </button>
            <p className="quiet">
              {[clip.source.name, clip.emotion].filter((text) => text !== "").join(" · ")}
            </p>
          </div>
        </div>
      </td>
      {MEASURES.map((measure) => (
        <MeasureCell
          key={measure.rule}
          measure={measure}
          finding={findingOf(clip.findings, measure.rule)}
        />
      ))}
      <td>
        <RowState clip={clip} decision={decision} />
      </td>
    </tr>
  );
});

function MeasureCell({ measure, finding }: { measure: Measure; finding: Finding | null }) {
  if (finding === null) {
    return (
      <td data-numeric="true" className="quiet">
        –
      </td>
    );
  }
  const isTrouble = finding.outcome !== "passed";
  return (
    <td data-numeric="true" className={classes.value} data-outcome={finding.outcome}>
      {isTrouble && <Icon name="warning" size={14} />} {measure.say(finding.value)}
    </td>
  );
}

function RowState({ clip, decision }: { clip: ScreenedClip; decision: Decision | undefined }) {
  const { label, tone } = standingOf(clip);
  const why = troublesOf(clip.findings).map(({ short }) => short);
  const hints = clip.duplicate_group === "" ? why : [...why, "Near-duplicate"];
  return (
    <div className={classes.state}>
      <Badge tone={tone}>{decision?.isSending === true ? "Sending…" : label}</Badge>
      {hints.length > 0 && <span className="quiet">{hints.join(", ")}</span>}
      {decision?.error != null && (
        <span className={classes.refused} role="alert">
          {decision.error.message}
        </span>
      )}
    </div>
  );
}
