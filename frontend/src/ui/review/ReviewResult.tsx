import type { ReactNode } from "react";

import type { Sentence } from "@/core/captionDocument";
import { isOneResult } from "@/core/picks";
import { CaptionPreview } from "@/ui/editor/CaptionPreview";
import { SentenceList } from "@/ui/editor/SentenceList";
import { SummaryField } from "@/ui/editor/SummaryField";
import type { ReviewEditing } from "@/ui/review/useReviewEditing";

interface Props {
  editing: ReviewEditing;
  isReadOnly: boolean;
  /** Stands under a facial change: what was measured. */
  claimsOf: (sentence: Sentence) => ReactNode;
}

/** The caption that the review makes, sentence by sentence and as it will be read. */
export function ReviewResult({ editing, isReadOnly, claimsOf }: Props) {
  const { desk, written, registry, actions, driver } = editing;
  const { working } = desk;
  const shared = { view: written, isReadOnly, working, registry, actions };
  const listed = {
    ...shared,
    onPlay: ({ id, frames }: Sentence) => {
      working.select(id);
      if (frames) driver.clock.playOnce(frames);
    },
  };
  const sayOrigin = (sentence: Sentence) => {
    const label = isOneResult(desk.sources) ? "" : desk.labelOf(sentence);
    return label === "" ? null : <small className="quiet">from {label}</small>;
  };
  return (
    // What was typed goes on record when the person leaves it.
    <div onBlur={() => desk.settleTyping()} style={{ display: "contents" }}>
      <SentenceList
        {...listed}
        part="external_attributes"
        title="External attributes"
        hint="Take sentences from the rows below, or write them here."
        noteOf={sayOrigin}
      />
      <SentenceList
        {...listed}
        part="facial_changes"
        title="Facial changes"
        hint="Take sentences from the rows below, or write them here."
        noteOf={(sentence) => (
          <>
            {claimsOf(sentence)}
            {sayOrigin(sentence)}
          </>
        )}
      />
      <SummaryField {...shared} />
      <CaptionPreview document={written.document} />
    </div>
  );
}
