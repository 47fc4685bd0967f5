import { SegmentedControl } from "@mantine/core";
import { useState } from "react";

import type { CaptionDocument } from "@/core/captionDocument";
import { renderCaption, type RenderingMode } from "@/core/captionRendering";
import { Card } from "@/ui/Card";
import classes from "@/ui/editor/CaptionPreview.module.css";

const MODES: readonly { value: RenderingMode; label: string }[] = [
  { value: "full", label: "Full" },
  { value: "marked", label: "Marked" },
  { value: "stripped", label: "Stripped" },
];

/** The caption as it will be read: whole, with its inferences marked, or without them. */
export function CaptionPreview({ document }: { document: CaptionDocument }) {
  const [mode, setMode] = useState<RenderingMode>("stripped");
  const text = renderCaption(document, mode);
  return (
    <Card
      title="Preview"
      aside={
        <SegmentedControl
          size="xs"
          aria-label="What the preview shows"
          data={[...MODES]}
          value={mode}
          onChange={setMode}
        />
      }
    >
      {text === "" ? (
        <p className="quiet">Nothing written yet.</p>
      ) : (
        text.split("\n").map((paragraph, index) => (
          <p key={index} className={classes.paragraph}>
            {paragraph}
          </p>
        ))
      )}
    </Card>
  );
}
