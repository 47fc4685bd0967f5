import { Checkbox, NumberInput, Textarea, TextInput } from "@mantine/core";

import { errorOfField } from "@/api/fieldErrors";
import type { PromptText, PromptVersion } from "@/api/prompts";
import classes from "./models.module.css";
import { DiffText } from "@/ui/DiffText";

interface Props {
  text: PromptText;
  based: PromptVersion | null;
  error: Error | null;
  onChange: (changes: Partial<PromptText>) => void;
}

export function PromptFields({ text, based, error, onChange }: Props) {
  return (
    <>
      {based === null && (
        <TextInput
          label="Name"
          maxLength={120}
          data-autofocus
          value={text.name}
          error={errorOfField(error, "name")}
          onChange={({ currentTarget: { value } }) => onChange({ name: value })}
        />
      )}
      <Textarea
        label="Instructions"
        description="The form of the answer is added by itself."
        rows={9}
        resize="vertical"
        maxLength={20_000}
        value={text.instructions}
        error={errorOfField(error, "instructions")}
        onChange={({ currentTarget: { value } }) => onChange({ instructions: value })}
      />
      <Textarea
        label="Request with each clip"
        description="May name $duration_s, $frame_count and $people; $$ stands for a dollar sign."
        rows={3}
        resize="vertical"
        maxLength={4000}
        value={text.request}
        error={errorOfField(error, "request")}
        onChange={({ currentTarget: { value } }) => onChange({ request: value })}
      />
      <Checkbox
        label="Show the main face enlarged beside each frame"
        description="Costs about twice as much to read."
        checked={text.with_face_crops}
        onChange={({ currentTarget: { checked } }) => onChange({ with_face_crops: checked })}
      />
      <NumberInput
        label="Examples"
        description="Approved captions of the train split that are shown as examples, up to 8."
        min={0}
        max={8}
        allowDecimal={false}
        value={text.example_count}
        error={errorOfField(error, "example_count")}
        onChange={(value) => value !== "" && onChange({ example_count: Number(value) })}
      />
      <TextInput
        label="Note"
        description="What this version is to do better."
        maxLength={2000}
        value={text.note}
        onChange={({ currentTarget: { value } }) => onChange({ note: value })}
      />
      {based !== null && <Changes before={based} after={text} />}
    </>
  );
}

function Changes({ before, after }: { before: PromptVersion; after: PromptText }) {
  const passages = [
    { name: "Instructions", before: before.instructions, after: after.instructions },
    { name: "Request", before: before.request, after: after.request },
  ].filter((passage) => passage.before !== passage.after);
  if (passages.length === 0) return null;
  return (
    <section aria-label={`Changes to version ${before.number}`} className={classes.changes}>
      <h3>Changes to version {before.number}</h3>
      {passages.map((passage) => (
        <p key={passage.name} className={classes.words}>
          <DiffText before={passage.before} after={passage.after} />
        </p>
      ))}
    </section>
  );
}
