import { Button } from "@mantine/core";
import type { ReactNode } from "react";

import type { Assignment } from "@/api/types";
import type { CaptionDocument, Part, Sentence } from "@/core/captionDocument";
import { Card } from "@/ui/Card";
import { DraftPane } from "@/ui/editor/DraftPane";

interface Props {
  assignment: Assignment;
  target: CaptionDocument;
  isReadOnly: boolean;
  hidden: readonly string[];
  onToggle: (uid: string) => void;
  onTake: (uid: string) => (part: Part, sentence: Sentence) => void;
  /** What inserts the draft sentence that has the focus. */
  onFocusSentence: (insert: () => void) => void;
  noteOf: (sentence: Sentence) => ReactNode;
}

export function Drafts(props: Props) {
  const { assignment, target, isReadOnly, hidden, onToggle, onTake, onFocusSentence } = props;
  const { drafts, drafts_hidden_until_first_version: isWaiting } = assignment;
  if (drafts.length === 0) {
    if (!isWaiting) return null;
    return (
      <Card title="Drafts">
        <p className="quiet">Write first; the drafts are shown once your first text is saved.</p>
      </Card>
    );
  }
  return (
    <Card
      title={drafts.length === 1 ? "Draft" : "Drafts"}
      aside={
        <span>
          {drafts.map(({ uid, label }) => (
            <Button
              key={uid}
              size="compact-sm"
              variant="subtle"
              aria-pressed={!hidden.includes(uid)}
              onClick={() => onToggle(uid)}
            >
              {hidden.includes(uid) ? `Show ${label}` : `Hide ${label}`}
            </Button>
          ))}
        </span>
      }
    >
      {drafts
        .filter(({ uid }) => !hidden.includes(uid))
        .map(({ uid, label, document }) => (
          <DraftPane
            key={uid}
            name={`Draft ${label}`}
            uid={uid}
            document={document}
            target={target}
            isReadOnly={isReadOnly}
            onTake={onTake(uid)}
            noteOf={props.noteOf}
            onFocusSentence={(part, sentence) => onFocusSentence(() => onTake(uid)(part, sentence))}
          />
        ))}
    </Card>
  );
}
