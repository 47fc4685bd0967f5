import { Button, FileButton, Group, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { addTemplates, candidatesQuery } from "@/api/templates";
import { readTemplates } from "./readTemplates";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";

type Origin = "typed" | "imported";

/** Typed one on each line, or read from a file of lines or a JSON list. */
export function AddTemplates({ projectId }: { projectId: number }) {
  const queryClient = useQueryClient();
  const [text, setText] = useState("");
  const [origin, setOrigin] = useState<Origin>("typed");
  const adding = useMutation({
    mutationFn: () => addTemplates(projectId, readTemplates(text), origin),
    onSuccess: async () => {
      setText("");
      setOrigin("typed");
      await queryClient.invalidateQueries(candidatesQuery(projectId));
    },
  });
  const open = async (file: File | null) => {
    if (file === null) return;
    setText(readTemplates(await file.text()).join("\n"));
    setOrigin("imported");
    adding.reset();
  };
  return (
    <Card title="Add templates">
      <ErrorNotice error={adding.error} />
      <form
        aria-label="Add templates"
        onSubmit={(event) => {
          event.preventDefault();
          adding.mutate();
        }}
      >
        <Textarea
          label="Templates"
          description="One on each line, of at most 500 characters. The mark for the video is added by the export."
          rows={4}
          resize="vertical"
          value={text}
          onChange={({ currentTarget: { value } }) => setText(value)}
        />
        <Group mt="xs">
          <Button type="submit" loading={adding.isPending} disabled={text.trim() === ""}>
            Add
          </Button>
          <FileButton
            accept=".txt,.json,text/plain,application/json"
            onChange={(file) => void open(file)}
          >
            {(props) => (
              <Button variant="default" {...props}>
                Read a file
              </Button>
            )}
          </FileButton>
          {adding.data !== undefined && (
            <span role="status">
              {adding.data.added} added
              {adding.data.known > 0 && `, ${adding.data.known} were there already`}.
            </span>
          )}
        </Group>
      </form>
    </Card>
  );
}
