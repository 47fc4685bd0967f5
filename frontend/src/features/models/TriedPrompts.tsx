import { useQueries } from "@tanstack/react-query";

import { CAPTION_PARTS } from "@/api/datasets";
import type { Job } from "@/api/jobs";
import { type Preview, previewQuery, type PreviewResult, type PromptVersion } from "@/api/prompts";
import type { Clip } from "@/api/types";
import type { CaptionDocument } from "@/core/captionDocument";
import { renderCaption } from "@/core/captionRendering";
import classes from "./models.module.css";
import { DiffText } from "@/ui/DiffText";
import { DraftText } from "@/ui/DraftText";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { JobProgress } from "@/ui/JobProgress";

/** A prompt that was sent with a clip, and the job that brings the answer. */
export interface Tried {
  prompt: PromptVersion;
  clip: Clip;
  job: Job;
}

/** What prompts made of a clip, beside its picture. */
export function TriedPrompts({ tried }: { tried: readonly Tried[] }) {
  const previews = useQueries({ queries: tried.map(({ job }) => previewQuery(job.uid)) });
  const clip = tried[0]?.clip;
  const [before, after] = previews.map(({ data }) => data?.result?.document ?? null);
  return (
    <div className={classes.tried}>
      {clip !== undefined && (
        <figure>
          <img src={clip.poster_url} alt="" />
          <figcaption>{clip.name}</figcaption>
        </figure>
      )}
      {tried.map(({ prompt, job }, index) => (
        <section key={job.uid} aria-label={`By ${prompt.name}, version ${prompt.number}`}>
          <h3>
            {prompt.name}, version {prompt.number}
          </h3>
          <ErrorNotice error={previews[index]?.error ?? null} />
          <Answer preview={previews[index]?.data ?? { job, result: null }} />
        </section>
      ))}
      {before && after && (
        <section className={classes.across} aria-label="What the second says differently">
          <h3>What the second says differently</h3>
          <p>
            <DiffText before={sayAll(before)} after={sayAll(after)} />
          </p>
        </section>
      )}
    </div>
  );
}

const sayAll = (document: CaptionDocument) => renderCaption(document, "full", CAPTION_PARTS);

function Answer({ preview: { job, result } }: { preview: Preview }) {
  if (result === null) return <JobProgress label="Trying the prompt" job={job} />;
  return (
    <>
      {result.document === null ? <p>{result.reason}</p> : <DraftText document={result.document} />}
      <p className="quiet figures">{sayEffort(result)}</p>
    </>
  );
}

function sayEffort({ input_tokens: read, output_tokens: written, seconds }: PreviewResult): string {
  return `${read} tokens read, ${written} written, ${seconds.toFixed(1)} s`;
}
