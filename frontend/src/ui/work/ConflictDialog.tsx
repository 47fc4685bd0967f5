import { Button, Group, Stack } from "@mantine/core";
import { useSyncExternalStore } from "react";

import type { CaptionDocument } from "@/core/captionDocument";
import { listSentences } from "@/core/documentEdits";
import type { Journal } from "@/core/journal";
import { Dialog } from "@/ui/Dialog";
import { DiffText } from "@/ui/DiffText";

interface Props<Doc> {
  journal: Journal<Doc>;
  documentOf: (doc: Doc) => CaptionDocument;
  onReplace: (doc: Doc) => void;
}

function textOf(document: CaptionDocument): string {
  return listSentences(document)
    .map(({ text }) => text)
    .join(" ");
}

/** The server holds another text than this page began from: the person chooses, word by word shown. */
export function ConflictDialog<Doc>({ journal, documentOf, onReplace }: Props<Doc>) {
  const { theirs } = useSyncExternalStore(journal.subscribe, journal.current);
  return (
    <Dialog
      title="Two versions of your text"
      isOpen={theirs !== null}
      onClose={() => undefined}
      mustAnswer
      size="lg"
    >
      {theirs !== null && (
        <Stack>
          <p>
            The text was changed elsewhere, in another tab or on another device. Words only on the
            server are struck out, words only here are underlined.
          </p>
          <p>
            <DiffText
              before={textOf(documentOf(theirs.doc))}
              after={textOf(documentOf(journal.currentDoc))}
            />
          </p>
          <Group justify="end">
            <Button variant="default" onClick={() => void journal.takeTheirs().then(onReplace)}>
              Take the server's
            </Button>
            <Button onClick={() => journal.keepMine()}>Keep what is here</Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}
