import type { Sentence } from "@/core/captionDocument";
import { pointsOf, textOf } from "@/core/captionText";
import classes from "@/ui/review/ReviewRows.module.css";

/** A sentence to read, its inferences marked as in the editor. */
export function InferredText({ sentence }: { sentence: Sentence }) {
  const points = pointsOf(sentence.text);
  const ends = sentence.inferences.map(({ end }) => end);
  return (
    <>
      {sentence.inferences.map(({ start, end }, index) => (
        <span key={start}>
          {textOf(points, ends[index - 1] ?? 0, start)}
          <mark className={classes.inference}>{textOf(points, start, end)}</mark>
        </span>
      ))}
      {textOf(points, ends.at(-1) ?? 0)}
    </>
  );
}
