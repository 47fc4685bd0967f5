import { useQuery } from "@tanstack/react-query";

import { promptsQuery } from "@/api/prompts";
import classes from "./models.module.css";
import { PromptButton } from "./PromptButton";
import { PromptEntry } from "./PromptEntry";
import { TryPrompts } from "./TryPrompts";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";

export function PromptsPart({ projectId }: { projectId: number }) {
  const prompts = useQuery(promptsQuery(projectId));
  const rows = prompts.data ?? [];
  return (
    <div className={classes.part}>
      <ErrorNotice error={prompts.error} />
      {prompts.isPending && <Loading label="Loading the prompts" />}
      {prompts.data !== undefined && (
        <>
          <Card
            title="Prompts"
            aside={
              <PromptButton projectId={projectId} based={null}>
                Write a prompt
              </PromptButton>
            }
          >
            <p className="quiet">
              What hosted models are told. A version never changes: to edit one is to write the
              next.
            </p>
            {rows.length === 0 && <p>There are no prompts yet.</p>}
            <ul className={classes.prompts}>
              {rows.map((prompt) => (
                <PromptEntry
                  key={prompt.uid}
                  projectId={projectId}
                  prompt={prompt}
                  former={rows.find(
                    ({ name, number, is_shipped: isShipped }) =>
                      name === prompt.name &&
                      number === prompt.number - 1 &&
                      isShipped === prompt.is_shipped,
                  )}
                />
              ))}
            </ul>
          </Card>
          <TryPrompts projectId={projectId} prompts={rows} />
        </>
      )}
    </div>
  );
}
