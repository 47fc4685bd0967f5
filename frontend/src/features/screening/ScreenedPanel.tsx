import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";

import { useHasRole } from "@/api/roles";
import type { ScreenedClip } from "@/api/screening";
import type { Command } from "@/core/commands";
import type { ActionId } from "@/core/keymap";
import { Alike } from "./Alike";
import { CropCard } from "./CropCard";
import { MEASURES, findingOf, troublesOf } from "./findings";
import classes from "./screening.module.css";
import { ScreeningPlayer } from "./ScreeningPlayer";
import { standingOf } from "./standing";
import type { Decision } from "./useDecisions";
import { Badge } from "@/ui/Badge";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Facts } from "@/ui/Facts";
import { Loading } from "@/ui/Loading";
import { Time } from "@/ui/Time";
import { hintOf } from "@/ui/work/CommandButton";

interface Props {
  projectId: number;
  clip: ScreenedClip;
  /** The list that the clip stands in, for those that look like it. */
  clips: readonly ScreenedClip[];
  decision: Decision | undefined;
  /** The page's commands; those of a lead have buttons here. */
  commands: readonly Command[];
  onSelect: (clipId: number) => void;
}

/** Long enough that clips passed over with a held key are not loaded. */
const PAUSE_MS = 150;

/** The selected clip: its video, what was measured, and the decision. */
export function ScreenedPanel({ projectId, clip, clips, decision, commands, onSelect }: Props) {
  const isLead = useHasRole(projectId, "lead");
  const [playedId] = useDebouncedValue(clip.id, PAUSE_MS);
  const { label, tone } = standingOf(clip);
  return (
    <section className={classes.panel} aria-label={`Clip ${clip.name}`}>
      <header className={classes.panelHeader}>
        <h2>{clip.name}</h2>
        <Badge tone={tone}>{label}</Badge>
        <Link to="/clips/$clipId" params={{ clipId: clip.id }}>
          Open the clip
        </Link>
      </header>
      <div className={classes.decision}>
        <DecisionButton commands={commands} id="keepClip" isBusy={decision?.isSending} isMain>
          Keep
        </DecisionButton>
        <DecisionButton commands={commands} id="rejectClip">
          Reject…
        </DecisionButton>
        <DecisionButton commands={commands} id="restoreClip">
          Take back
        </DecisionButton>
      </div>
      <ErrorNotice error={decision?.error ?? null} />
      <Why clip={clip} />
      {playedId === clip.id ? (
        <ScreeningPlayer
          key={`video-${clip.id}`}
          clipId={clip.id}
          hasTracks={findingOf(clip.findings, "face") !== null}
          pageCommands={commands}
        />
      ) : (
        <Loading label="Loading the video" />
      )}
      <Alike clip={clip} clips={clips} onSelect={onSelect} />
      {isLead && <CropCard key={`crop-${clip.id}`} projectId={projectId} clip={clip} />}
      <Measures clip={clip} />
    </section>
  );
}

interface ButtonProps {
  commands: readonly Command[];
  id: ActionId;
  isBusy?: boolean | undefined;
  isMain?: boolean;
  children: string;
}

function DecisionButton({ commands, id, isBusy = false, isMain = false, children }: ButtonProps) {
  const command = commands.find((candidate) => candidate.id === id);
  if (command === undefined) return null;
  return (
    <Button
      {...(isMain ? {} : { variant: "default" })}
      title={hintOf(command)}
      disabled={!command.isEnabled}
      loading={isBusy}
      onClick={command.run}
    >
      {children}
    </Button>
  );
}

function Why({ clip }: { clip: ScreenedClip }) {
  const troubles = troublesOf(clip.findings);
  return (
    <>
      {troubles.length > 0 && (
        <ul className={classes.troubles} aria-label="Why">
          {troubles.map(({ rule, sentence, rejects }) => (
            <li key={rule}>
              <strong>{rejects ? "Rejects" : "Flags"}:</strong> {sentence}
            </li>
          ))}
        </ul>
      )}
      {clip.job_error !== "" && <p className={classes.refused}>{clip.job_error}</p>}
      {clip.decision !== "" && clip.decided_at !== null && (
        <p>
          {clip.decision === "kept" ? "Kept" : "Rejected"} by {clip.decided_by ?? "a lead"}{" "}
          <Time at={clip.decided_at} />
          {clip.reason !== "" && `: ${clip.reason}`}
        </p>
      )}
    </>
  );
}

function Measures({ clip }: { clip: ScreenedClip }) {
  return (
    <Facts
      facts={MEASURES.map(({ rule, name, say, bound }) => {
        const finding = findingOf(clip.findings, rule);
        const value =
          finding && `${say(finding.value)} (wanted ${bound} ${say(finding.threshold)})`;
        return { name, value };
      })}
    />
  );
}
