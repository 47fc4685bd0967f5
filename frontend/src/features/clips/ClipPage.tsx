import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { clipQuery } from "@/api/clips";
import { projectQuery } from "@/api/projects";
import { useHasRole } from "@/api/roles";
import { ApprovedCaptionCard } from "./ApprovedCaptionCard";
import { ClipDrafts } from "./ClipDrafts";
import { ClipEvents } from "./ClipEvents";
import { ClipFacts } from "./ClipFacts";
import { ClipPlayer } from "./ClipPlayer";
import classes from "./clips.module.css";
import { LeadActions } from "./LeadActions";
import { SlotsCard } from "./SlotsCard";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { StageBadge } from "@/ui/StageBadge";
import { useProjectOfPage } from "@/ui/useProjectOfPage";

export default function ClipPage({ clipId }: { clipId: number }) {
  const { data: clip } = useSuspenseQuery(clipQuery(clipId));
  useProjectOfPage(clip.project_id);
  const project = useQuery(projectQuery(clip.project_id)).data;
  const isLead = useHasRole(clip.project_id, "lead");
  const seesDrafts = useHasRole(clip.project_id, "lead", "ml");
  return (
    <Page
      title={clip.name}
      width="wide"
      description={<StageBadge stage={clip.stage} />}
      actions={
        <Link to="/projects/$projectId/clips" params={{ projectId: clip.project_id }}>
          All clips
        </Link>
      }
    >
      <div className={classes.columns}>
        <div className={classes.side}>
          {clip.stage === "withdrawn" ? (
            <Notice tone="warning">This clip was withdrawn and is no longer shown.</Notice>
          ) : (
            <ClipPlayer clip={clip} isSoundAllowed={project?.settings.sound_allowed ?? false} />
          )}
          {clip.stage === "approved" && <ApprovedCaptionCard clipId={clipId} />}
          {seesDrafts && <ClipDrafts projectId={clip.project_id} clipId={clipId} />}
        </div>
        <div className={classes.side}>
          {isLead && <LeadActions clip={clip} />}
          {isLead && clip.stage !== "withdrawn" && <SlotsCard clipId={clipId} />}
          <ClipFacts clip={clip} />
          <ClipEvents clipId={clipId} />
        </div>
      </div>
    </Page>
  );
}
