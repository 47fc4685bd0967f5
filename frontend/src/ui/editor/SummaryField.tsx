import { Button } from "@mantine/core";

import type { WorkingDocument, WorkingView } from "@/core/workingDocument";
import { Card } from "@/ui/Card";
import type { EditorRegistry } from "@/ui/editor/EditorRegistry";
import type { SentenceActions } from "@/ui/editor/sentenceActions";
import { SentenceEditor } from "@/ui/editor/SentenceEditor";
import { Icon } from "@/ui/Icon";

interface Props {
  view: WorkingView;
  isReadOnly: boolean;
  working: WorkingDocument;
  registry: EditorRegistry;
  actions: SentenceActions;
}

/** The one sentence that says what the clip shows. */
export function SummaryField({ view, isReadOnly, working, registry, actions }: Props) {
  const { summary } = view.document;
  return (
    <Card
      title="Summary"
      aside={
        summary === null &&
        !isReadOnly && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => actions.add("summary")}
          >
            Write the summary
          </Button>
        )
      }
    >
      {summary === null ? (
        <p className="quiet">One sentence: who, which expression, in which situation.</p>
      ) : (
        <SentenceEditor
          key={`${summary.id}:${working.textVersion(summary.id)}`}
          id={summary.id}
          label="Summary"
          initial={summary}
          isReadOnly={isReadOnly}
          registry={registry}
          onChange={(text) => working.typeText(summary.id, text)}
          onFocus={() => working.select(summary.id)}
        />
      )}
    </Card>
  );
}
