import { Button } from "@mantine/core";
import type { ReactNode } from "react";

import type { Sentence } from "@/core/captionDocument";
import type { ListPart } from "@/core/documentEdits";
import type { WorkingDocument, WorkingView } from "@/core/workingDocument";
import { Card } from "@/ui/Card";
import type { EditorRegistry } from "@/ui/editor/EditorRegistry";
import type { SentenceActions } from "@/ui/editor/sentenceActions";
import { SentenceRow } from "@/ui/editor/SentenceRow";
import classes from "@/ui/editor/SentenceRow.module.css";
import { Icon } from "@/ui/Icon";

interface Props {
  part: ListPart;
  title: string;
  /** What belongs here, shown while the part is empty. */
  hint: ReactNode;
  view: WorkingView;
  isReadOnly: boolean;
  working: WorkingDocument;
  registry: EditorRegistry;
  actions: SentenceActions;
  onPlay: (sentence: Sentence) => void;
  noteOf?: (sentence: Sentence) => ReactNode;
}

/** A part of the caption that holds any number of sentences. */
export function SentenceList({ part, title, hint, view, ...shared }: Props) {
  const sentences = view.document[part];
  return (
    <Card
      title={title}
      aside={
        !shared.isReadOnly && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => shared.actions.add(part)}
          >
            Add a sentence
          </Button>
        )
      }
    >
      {sentences.length === 0 && <p className="quiet">{hint}</p>}
      <ol className={classes.list}>
        {sentences.map((sentence, index) => (
          <SentenceRow
            key={sentence.id}
            part={part}
            sentence={sentence}
            number={index + 1}
            isSelected={sentence.id === view.selectedId}
            {...shared}
          />
        ))}
      </ol>
    </Card>
  );
}
