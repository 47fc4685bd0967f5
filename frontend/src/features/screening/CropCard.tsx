import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { cropClip, dismissCrop } from "@/api/sampling";
import { type ScreenedClip, screeningKey } from "@/api/screening";
import { useStartedJob } from "@/api/useStartedJob";
import classes from "./screening.module.css";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { JobProgress } from "@/ui/JobProgress";

interface Props {
  projectId: number;
  clip: ScreenedClip;
}

/** Bars or burnt-in text that could be cut off, or what was cut off already. */
export function CropCard({ projectId, clip }: Props) {
  if (clip.crop !== null) {
    return (
      <Change projectId={projectId} clip={clip} crop={null} verb="Show the whole picture">
        <p>Only a part of the picture is shown.</p>
      </Change>
    );
  }
  if (clip.crop_proposal === null) return null;
  const { crop, reason } = clip.crop_proposal;
  return (
    <Change
      projectId={projectId}
      clip={clip}
      crop={crop}
      verb="Cut it off"
      otherwise={<Dismiss projectId={projectId} clipId={clip.id} crop={crop} />}
    >
      <p>{reason}</p>
      <Pictures clip={clip} crop={crop} />
    </Change>
  );
}

interface ChangeProps extends Props {
  crop: readonly number[] | null;
  verb: string;
  otherwise?: ReactNode;
  children: ReactNode;
}

function Change({ projectId, clip, crop, verb, otherwise, children }: ChangeProps) {
  const { start, job, isBusy, error } = useStartedJob(
    () => cropClip(clip.id, crop),
    [screeningKey(projectId), ["clips", clip.id]],
  );
  return (
    <section className={classes.crop} aria-label="Crop">
      {children}
      <ErrorNotice error={error} />
      {job !== null && <JobProgress label="Cropping the clip" job={job} />}
      <div className={classes.decision}>
        <Button size="xs" variant="default" loading={isBusy} onClick={start}>
          {verb}
        </Button>
        {!isBusy && otherwise}
      </div>
    </section>
  );
}

interface DismissProps {
  projectId: number;
  clipId: number;
  crop: readonly number[];
}

/** What was taken for bars or text belongs to the picture. */
function Dismiss({ projectId, clipId, crop }: DismissProps) {
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => dismissCrop(clipId, crop),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: screeningKey(projectId) }),
  });
  return (
    <>
      <Button size="xs" variant="subtle" loading={isPending} onClick={() => mutate()}>
        Leave it as it is
      </Button>
      <ErrorNotice error={error} />
    </>
  );
}

const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;

function Pictures({ clip, crop }: { clip: ScreenedClip; crop: readonly number[] }) {
  const { width: fullWidth, height: fullHeight, poster_url: poster } = clip;
  const [left = 0, top = 0, width = fullWidth, height = fullHeight] = crop;
  return (
    <div className={classes.pictures}>
      <figure>
        <div className={classes.before}>
          <img src={poster} alt="Before" />
          <span
            style={{
              left: percent(left, fullWidth),
              top: percent(top, fullHeight),
              width: percent(width, fullWidth),
              height: percent(height, fullHeight),
            }}
          />
        </div>
        <figcaption className="quiet">
          {fullWidth} × {fullHeight}
        </figcaption>
      </figure>
      <figure>
        <div className={classes.after} style={{ aspectRatio: width / height }}>
          <img
            src={poster}
            alt="After"
            style={{
              width: percent(fullWidth, width),
              left: percent(-left, width),
              top: percent(-top, height),
            }}
          />
        </div>
        <figcaption className="quiet">
          {width} × {height}
        </figcaption>
      </figure>
    </div>
  );
}
