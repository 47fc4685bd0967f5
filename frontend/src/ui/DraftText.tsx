import type { CaptionDocument, Sentence } from "@/core/captionDocument";

const sayAll = (sentences: readonly Sentence[]) => sentences.map(({ text }) => text).join(" ");

/** A draft to read: its parts as paragraphs, with the inferences left in. */
export function DraftText({ document }: { document: CaptionDocument }) {
  const { external_attributes: attributes, facial_changes: changes, summary } = document;
  return (
    <>
      {attributes.length > 0 && <p>{sayAll(attributes)}</p>}
      {changes.length > 0 && <p>{sayAll(changes)}</p>}
      {summary !== null && <p>{summary.text}</p>}
    </>
  );
}
