import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { type CrossValidation, crossValidationQuery } from "@/api/crossValidations";
import { frameTableQuery } from "@/api/timestamps";
import { currentProject } from "@/core/currentProject";
import type { FrameTable } from "@/core/frameTable";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { useTabTakeover } from "@/ui/work/useTabTakeover";

import { BlindDesk } from "./BlindDesk";
import { CheckDesk } from "./CheckDesk";
import { SettleDesk } from "./SettleDesk";

export interface DeskProps {
  review: CrossValidation;
  table: FrameTable;
  /** Another tab writes on this clip. */
  isElsewhere: boolean;
  onTakeOver: () => void;
  /** Another tab took over, and nothing of this one is unsent. */
  onLetGo: () => void;
}

function Desk(props: DeskProps) {
  const { mode, first_result: first } = props.review;
  if (first === null) return <BlindDesk {...props} />;
  return mode === "check" ? <CheckDesk {...props} /> : <SettleDesk {...props} />;
}

/** Reads a cross-validation and hands it to the desk of its mode and step. */
export default function CrossValidationPage({ reviewId }: { reviewId: number }) {
  const queryClient = useQueryClient();
  const [opening, setOpening] = useState(0);
  const tabs = useTabTakeover(`cross-validation-${reviewId}`);
  const review = useQuery(crossValidationQuery(reviewId));
  const clip = review.data?.clip;
  const table = useQuery({
    ...frameTableQuery(clip ?? { id: 0, timestamps_url: "" }),
    enabled: clip !== undefined,
  });
  const projectId = review.data?.project_id;
  useEffect(() => {
    if (projectId !== undefined) currentProject.enter(projectId);
  }, [projectId]);

  const error = review.error ?? table.error;
  if (error !== null) {
    return (
      <Page title="This cross-validation cannot be shown" width="narrow">
        <ErrorNotice error={error} />
      </Page>
    );
  }
  if (review.data === undefined || table.data === undefined || tabs.state === "asking") {
    return <Loading label="Loading the caption" />;
  }
  return (
    <Desk
      // The second step has other columns, so it is another desk.
      key={`${opening} ${review.data.step}`}
      review={review.data}
      table={table.data}
      isElsewhere={tabs.state === "elsewhere"}
      onTakeOver={() => {
        void tabs
          .takeOver()
          .then(() => queryClient.refetchQueries(crossValidationQuery(reviewId)))
          .then(() => setOpening(opening + 1));
      }}
      onLetGo={tabs.letGo}
    />
  );
}
