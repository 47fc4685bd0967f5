import { ActionIcon, Button, NativeSelect } from "@mantine/core";
import type { ReactNode } from "react";

import { type Phase, PHASES, type Sentence } from "@/core/captionDocument";
import type { ListPart } from "@/core/documentEdits";
import type { WorkingDocument } from "@/core/workingDocument";
import type { EditorRegistry } from "@/ui/editor/EditorRegistry";
import type { SentenceActions } from "@/ui/editor/sentenceActions";
import { SentenceEditor } from "@/ui/editor/SentenceEditor";
import classes from "@/ui/editor/SentenceRow.module.css";
import { Icon } from "@/ui/Icon";

interface Props {
  part: ListPart;
  sentence: Sentence;
  number: number;
  isSelected: boolean;
  isReadOnly: boolean;
  working: WorkingDocument;
  registry: EditorRegistry;
  actions: SentenceActions;
  /** Plays the sentence's frames. */
  onPlay: (sentence: Sentence) => void;
  /** Stands under the words: where they came from, or what was measured. */
  noteOf?: (sentence: Sentence) => ReactNode;
}

export const PHASE_LABELS: Readonly<Record<Phase, string>> = {
  beginning: "Beginning",
  progress: "Progress",
  middle: "Middle",
  end: "End",
  throughout: "Throughout",
};

const PHASE_CHOICES = [
  { value: "", label: "No phase" },
  ...PHASES.map((value) => ({ value, label: PHASE_LABELS[value] })),
];

function readPhase(value: string): Phase | null {
  return PHASES.find((phase) => phase === value) ?? null;
}

/** One sentence: its words, and for facial changes its phase and frames. */
export function SentenceRow(props: Props) {
  const { part, sentence, number, isSelected, isReadOnly, working, registry, actions } = props;
  const { id, phase = null } = sentence;
  const name =
    part === "facial_changes" ? `Facial change ${number}` : `External attribute ${number}`;
  return (
    <li
      className={classes.row}
      data-phase={phase ?? "none"}
      data-selected={isSelected}
      aria-label={name}
    >
      <span className={`figures ${classes.number ?? ""}`} aria-hidden>
        {number}
      </span>
      <div className={classes.content}>
        <SentenceEditor
          key={`${id}:${working.textVersion(id)}`}
          id={id}
          label={name}
          initial={sentence}
          isReadOnly={isReadOnly}
          registry={registry}
          onChange={(text) => working.typeText(id, text)}
          onFocus={() => working.select(id)}
          onSplit={(offset) => actions.split(part, id, offset)}
          onJoin={() => actions.join(part, id)}
        />
        {part === "facial_changes" && (
          <div className={classes.time}>
            <NativeSelect
              size="xs"
              aria-label={`Phase of ${name.toLowerCase()}`}
              data={PHASE_CHOICES}
              value={phase ?? ""}
              disabled={isReadOnly}
              onChange={(event) => actions.setPhase(id, readPhase(event.currentTarget.value))}
            />
            <FrameButton {...props} name={name} />
          </div>
        )}
        {props.noteOf?.(sentence)}
      </div>
      {!isReadOnly && <RowButtons {...props} name={name} />}
    </li>
  );
}

function FrameButton({ sentence, isReadOnly, actions, onPlay, name }: Props & { name: string }) {
  const { frames } = sentence;
  if (!frames) return <span className={`quiet ${classes.hint ?? ""}`}>no frames</span>;
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        title="Play these frames (R)"
        onClick={() => onPlay(sentence)}
      >
        <Icon name="play" size={14} />
        <span className="visually-hidden">Play {name.toLowerCase()}, frames </span>
        <span className="figures">
          {frames[0]}–{frames[1] - 1}
        </span>
      </Button>
      {!isReadOnly && (
        <ActionIcon
          aria-label={`Take the frames off ${name.toLowerCase()}`}
          title="Take the frames off"
          onClick={() => actions.clearFrames(sentence.id)}
        >
          <Icon name="clear" size={14} />
        </ActionIcon>
      )}
    </>
  );
}

function RowButtons({ sentence, actions, name }: Props & { name: string }) {
  const { id } = sentence;
  const label = name.toLowerCase();
  return (
    <div className={classes.buttons}>
      <ActionIcon
        aria-label={`Move ${label} up`}
        title="Move up"
        onClick={() => actions.move(id, -1)}
      >
        <Icon name="up" size={16} />
      </ActionIcon>
      <ActionIcon
        aria-label={`Move ${label} down`}
        title="Move down"
        onClick={() => actions.move(id, 1)}
      >
        <Icon name="down" size={16} />
      </ActionIcon>
      <ActionIcon aria-label={`Remove ${label}`} title="Remove" onClick={() => actions.remove(id)}>
        <Icon name="remove" size={16} />
      </ActionIcon>
    </div>
  );
}
