import { Button } from "@mantine/core";
import type { ReactNode } from "react";

import type { CaptionDocument, Part, Sentence } from "@/core/captionDocument";
import { listSentences } from "@/core/documentEdits";
import classes from "@/ui/editor/DraftPane.module.css";
import { Icon } from "@/ui/Icon";
import { PHASE_LABELS } from "@/ui/editor/SentenceRow";

interface Props {
  /** What the source is called here: `Draft X`, `Annotator A`. */
  name: string;
  uid: string;
  document: CaptionDocument;
  /** The caption that is written: sentences already taken from this source are ticked. */
  target: CaptionDocument;
  isReadOnly: boolean;
  onTake: (part: Part, sentence: Sentence) => void;
  onFocusSentence?: (part: Part, sentence: Sentence) => void;
  /** Stands under a facial change: what was measured. */
  noteOf: (sentence: Sentence) => ReactNode;
}

const PART_TITLES: Readonly<Record<Part, string>> = {
  external_attributes: "External attributes",
  facial_changes: "Facial changes",
  summary: "Summary",
};

const PARTS = ["external_attributes", "facial_changes", "summary"] as const;

function sentencesOf(document: CaptionDocument, part: Part): readonly Sentence[] {
  if (part !== "summary") return document[part];
  return document.summary === null ? [] : [document.summary];
}

/** Sentences to take over one by one; their own document never changes. */
export function DraftPane(props: Props) {
  const { name, uid, document, target, isReadOnly, onTake, onFocusSentence, noteOf } = props;
  const taken = new Set(
    listSentences(target)
      .filter(({ origin }) => origin?.uid === uid)
      .map(({ origin }) => origin?.sentence),
  );
  return (
    <section className={classes.pane} aria-label={name}>
      <h3 className={classes.name}>{name}</h3>
      {PARTS.map((part) => {
        const sentences = sentencesOf(document, part);
        if (sentences.length === 0) return null;
        return (
          <div key={part}>
            <h4 className={classes.part}>{PART_TITLES[part]}</h4>
            <ol className={classes.list}>
              {sentences.map((sentence) => (
                <li key={sentence.id} className={classes.row}>
                  <div className={classes.text}>
                    {sentence.phase && (
                      <span className={classes.phase}>{PHASE_LABELS[sentence.phase]} </span>
                    )}
                    {sentence.text}
                    {part === "facial_changes" && noteOf(sentence)}
                  </div>
                  <Button
                    size="compact-sm"
                    variant={taken.has(sentence.id) ? "subtle" : "light"}
                    disabled={isReadOnly}
                    aria-label={`Insert: ${sentence.text}`}
                    leftSection={taken.has(sentence.id) ? <Icon name="check" size={14} /> : null}
                    onClick={() => onTake(part, sentence)}
                    onFocus={() => onFocusSentence?.(part, sentence)}
                  >
                    {taken.has(sentence.id) ? "Inserted" : "Insert"}
                  </Button>
                </li>
              ))}
            </ol>
          </div>
        );
      })}
    </section>
  );
}
