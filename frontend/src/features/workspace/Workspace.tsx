import { useState } from "react";

import { useClipFaces } from "@/api/clipFaces";
import type { Assignment } from "@/api/types";
import type { Part, Sentence } from "@/core/captionDocument";
import type { FrameTable } from "@/core/frameTable";
import { CaptionPreview } from "@/ui/editor/CaptionPreview";
import { SentenceList } from "@/ui/editor/SentenceList";
import { SummaryField } from "@/ui/editor/SummaryField";
import { FacesPanel } from "@/ui/faces/FacesPanel";
import { useClaimNotes } from "@/ui/faces/useClaimNotes";
import { Loading } from "@/ui/Loading";
import { Player } from "@/ui/player/Player";
import { LeaseClock } from "@/ui/work/LeaseClock";
import { SaveChip } from "@/ui/work/SaveChip";
import { ConflictDialog } from "@/ui/work/ConflictDialog";
import { ShortcutSheet } from "@/ui/work/ShortcutSheet";
import { WorkLayout } from "@/ui/work/WorkLayout";

import { Drafts } from "./Drafts";
import { SentencesInTime } from "./SentencesInTime";
import { UnusableDialog } from "./UnusableDialog";
import { useFirstSave } from "./useFirstSave";
import { useSubmit } from "./useSubmit";
import { useWorkspace } from "./useWorkspace";
import { useWorkspaceCommands } from "./useWorkspaceCommands";
import { WorkspaceFooter } from "./WorkspaceFooter";
import { WorkspaceHeader } from "./WorkspaceHeader";
import { WorkspaceNotices } from "./WorkspaceNotices";

interface Props {
  assignment: Assignment;
  table: FrameTable;
  /** Another tab writes on this clip. */
  isElsewhere: boolean;
  onTakeOver: () => Promise<void>;
  /** Another tab took over, and nothing of this one is unsent. */
  onLetGo: () => void;
  /** Reads the assignment anew and opens it again. */
  onReopen: () => Promise<void>;
  /** A first text is saved: drafts that waited for it can be read. */
  onFirstSave: () => void;
}

type Sheet = "help" | "skip" | "reject" | null;

export function Workspace(props: Props) {
  const { assignment, table, isElsewhere } = props;
  const session = useWorkspace(assignment, table, isElsewhere, props.onLetGo);
  const { working, view, registry, actions, driver, journal, isReadOnly } = session;
  const [sheet, setSheet] = useState<Sheet>(null);
  const [hiddenDrafts, setHiddenDrafts] = useState<readonly string[]>([]);
  const [draftSentence, setDraftSentence] = useState<(() => void) | null>(null);
  const [answer, setAnswer] = useState("");
  const submission = useSubmit(assignment, journal, answer);
  const { clip, rules } = assignment;
  const found = useClipFaces(clip.id);
  const claims = useClaimNotes(found, driver.clock);
  useFirstSave(journal, assignment.drafts_hidden_until_first_version, props.onFirstSave);

  const toggleDraft = (uid: string) =>
    setHiddenDrafts((hidden) =>
      hidden.includes(uid) ? hidden.filter((each) => each !== uid) : [...hidden, uid],
    );
  const takeDraft = (uid: string) => (part: Part, sentence: Sentence) =>
    actions.take(part, sentence, { kind: "draft", uid, sentence: sentence.id });
  const play = ({ id, frames }: Sentence) => {
    working.select(id);
    if (frames) driver.clock.playOnce(frames);
  };
  const commands = useWorkspaceCommands(session, {
    onSubmit: submission.submit,
    onSkip: () => setSheet("skip"),
    onHelp: () => setSheet("help"),
    onToggleDraft: (index) => {
      const draft = assignment.drafts[index];
      if (draft !== undefined) toggleDraft(draft.uid);
    },
    insertDraftSentence: draftSentence,
  });

  if (!session.isRestored) return <Loading label="Looking for unsent text on this device" />;
  const editing = { view, isReadOnly, working, registry, actions };
  return (
    <>
      <WorkLayout
        title={`Annotate ${clip.name}`}
        header={<WorkspaceHeader assignment={assignment} onHelp={() => setSheet("help")} />}
        status={
          <>
            <SaveChip journal={journal} />
            {session.leaseUntil !== null && !isReadOnly && (
              <LeaseClock leaseUntil={session.leaseUntil} onExtend={session.extend} />
            )}
          </>
        }
        video={
          <>
            <Player
              driver={driver}
              mediaUrl={clip.media_url}
              posterUrl={clip.poster_url}
              frameUrlTemplate={clip.frame_url_template}
              width={clip.width}
              height={clip.height}
              isSoundAllowed={rules.sound_allowed}
              faces={found.faces}
              phaseAt={(frame) => phaseAt(view.document.facial_changes, frame)}
            />
            <SentencesInTime session={session} onPlay={play} />
            <FacesPanel
              found={found}
              clock={driver.clock}
              frameUrlTemplate={clip.frame_url_template}
              canChoose={!isReadOnly}
              isOpen
              asked={claims.asked}
            />
            <CaptionPreview document={view.document} />
          </>
        }
        footer={
          <WorkspaceFooter
            commands={commands}
            isReadOnly={isReadOnly}
            isSubmitting={submission.isPending}
            onReject={() => setSheet("reject")}
          />
        }
      >
        <WorkspaceNotices
          {...props}
          session={session}
          submitError={submission.error}
          answer={answer}
          onAnswer={setAnswer}
        />
        <Drafts
          assignment={assignment}
          target={view.document}
          isReadOnly={isReadOnly}
          hidden={hiddenDrafts}
          onToggle={toggleDraft}
          onTake={takeDraft}
          noteOf={claims.noteOf}
          onFocusSentence={(insert) => setDraftSentence(() => insert)}
        />
        <SentenceList
          {...editing}
          part="external_attributes"
          title="External attributes"
          hint="Who can be seen: age, hair, glasses, clothes, and lasting features of the face."
          onPlay={play}
        />
        <SentenceList
          {...editing}
          part="facial_changes"
          title="Facial changes"
          hint="What moves in the face, one change in a sentence, in the order in which it happens."
          onPlay={play}
          noteOf={claims.noteOf}
        />
        <SummaryField {...editing} />
      </WorkLayout>
      <ShortcutSheet commands={commands} isOpen={sheet === "help"} onClose={() => setSheet(null)} />
      <UnusableDialog
        way={sheet === "skip" || sheet === "reject" ? sheet : null}
        assignment={assignment}
        onClose={() => setSheet(null)}
      />
      <ConflictDialog
        journal={journal}
        documentOf={(document) => document}
        onReplace={(document) => working.replace(document)}
      />
    </>
  );
}

function phaseAt(changes: readonly Sentence[], frame: number): string | null {
  const told = changes.filter(({ frames }) => frames && frames[0] <= frame && frame < frames[1]);
  return told.find(({ phase }) => phase)?.phase ?? null;
}
