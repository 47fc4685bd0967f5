import { SegmentedControl, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { agreementQuery, type ProjectAgreement } from "@/api/agreement";
import classes from "./agreement.module.css";
import { GroupPart } from "./GroupPart";
import { type Measure, MEASURE_LABELS, MEASURE_NOTES, MEASURES } from "./measures";
import { OwnFigures } from "./OwnFigures";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { Time } from "@/ui/Time";

interface Props {
  projectId: number;
  measure: Measure;
  onMeasure: (measure: Measure) => void;
}

/** How nearly people say the same of one clip: all of it for leads, their own part for others. */
export default function AgreementPage({ projectId, measure, onMeasure }: Props) {
  const { data: agreement, error } = useQuery({
    ...agreementQuery(projectId),
    // A worker makes new figures within moments.
    refetchInterval: ({ state }) => (state.data?.is_current === false ? 5000 : false),
  });
  const [areNamesHidden, setAreNamesHidden] = useState(false);
  return (
    <Page
      title="Agreement"
      description="How nearly people say the same of one clip, by clips whose caption is approved."
      actions={
        agreement?.is_whole === true && (
          <Switch
            label="Hide names"
            checked={areNamesHidden}
            onChange={(event) => setAreNamesHidden(event.currentTarget.checked)}
          />
        )
      }
    >
      <ErrorNotice error={error} />
      {agreement === undefined && error === null && <Loading label="Loading the figures" />}
      {agreement !== undefined && <State agreement={agreement} />}
      {agreement?.is_whole === false && <OwnFigures agreement={agreement} />}
      {agreement?.is_whole === true && (
        <>
          <MeasureChoice measure={measure} onMeasure={onMeasure} />
          <GroupPart
            who="Annotators"
            group={agreement.annotators}
            measure={measure}
            areNamesHidden={areNamesHidden}
            empty="Clips that several people annotate are compared, and counted once approved."
          />
          <GroupPart
            who="Reviewers"
            group={agreement.reviewers}
            measure={measure}
            areNamesHidden={areNamesHidden}
            empty="Clips drawn for a blind cross-validation are compared, and counted once approved."
          />
        </>
      )}
    </Page>
  );
}

function State({ agreement }: { agreement: ProjectAgreement }) {
  const { is_current: isCurrent, computed_at: at, clips_waiting: waiting } = agreement;
  return (
    <>
      {!isCurrent && (
        <Notice tone="accent">
          Newer figures are being computed, and come here by themselves.
        </Notice>
      )}
      {agreement.metric_versions.length > 1 && (
        <Notice tone="warning">
          Some figures are still of another version of the metrics. They are computed anew.
        </Notice>
      )}
      {at !== null && (
        <p className="quiet">
          Computed <Time at={at} /> by {agreement.metric_versions.join(" and ")}.
          {waiting > 0 && ` ${sayWaiting(waiting)}`}
        </p>
      )}
    </>
  );
}

function sayWaiting(clips: number): string {
  return clips === 1
    ? "One more clip is compared and counts once it is approved."
    : `${clips} more clips are compared and count once they are approved.`;
}

function MeasureChoice({ measure, onMeasure }: Omit<Props, "projectId">) {
  return (
    <div className={classes.choice}>
      <SegmentedControl
        aria-label="Measure"
        value={measure}
        data={MEASURES.map((known) => ({ value: known, label: MEASURE_LABELS[known] }))}
        onChange={(chosen) => onMeasure(chosen)}
      />
      <span className="quiet">{MEASURE_NOTES[measure]}</span>
    </div>
  );
}
