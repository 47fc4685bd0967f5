import type { PromptVersion } from "@/api/prompts";
import { countOf } from "@/core/counting";
import classes from "./models.module.css";
import { PromptButton } from "./PromptButton";
import { Badge } from "@/ui/Badge";
import { DiffText } from "@/ui/DiffText";
import { Time } from "@/ui/Time";

interface Props {
  projectId: number;
  prompt: PromptVersion;
  /** The version that it was written after; undefined for a first one. */
  former: PromptVersion | undefined;
}

export function PromptEntry({ projectId, prompt, former }: Props) {
  return (
    <li>
      <details>
        <summary>
          <strong>
            {prompt.name}, version {prompt.number}
          </strong>{" "}
          {prompt.is_shipped ? (
            <Badge>With the product</Badge>
          ) : (
            <span className="quiet">
              {prompt.written_by}, <Time at={prompt.created_at} />
            </span>
          )}
          {prompt.note !== "" && <span className={classes.note}>{prompt.note}</span>}
        </summary>
        <div className={classes.prompt}>
          <Passage title="Instructions" before={former?.instructions} after={prompt.instructions} />
          <Passage title="Request with each clip" before={former?.request} after={prompt.request} />
          <p className="quiet">{sayOptions(prompt)}</p>
          <PromptButton projectId={projectId} based={prompt}>
            Edit into a new version
          </PromptButton>
        </div>
      </details>
    </li>
  );
}

interface PassageProps {
  title: string;
  before: string | undefined;
  after: string;
}

function Passage({ title, before, after }: PassageProps) {
  return (
    <section>
      <h3>{title}</h3>
      <p className={classes.words}>
        {before === undefined ? after : <DiffText before={before} after={after} />}
      </p>
    </section>
  );
}

function sayOptions({ with_face_crops: crops, example_count: examples }: PromptVersion): string {
  const faces = crops
    ? "The main face is shown enlarged beside each frame."
    : "Frames are shown as they are.";
  if (examples === 0) return `${faces} No examples.`;
  return `${faces} ${countOf(examples, "approved caption")} of the train split as examples.`;
}
