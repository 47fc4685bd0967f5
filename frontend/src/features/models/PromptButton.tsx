import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { type PromptText, promptsQuery, type PromptVersion, writePrompt } from "@/api/prompts";
import { PromptFields } from "./PromptFields";
import { FormDialog } from "@/ui/FormDialog";

const EMPTY: PromptText = {
  name: "",
  instructions: "",
  request: "",
  with_face_crops: false,
  example_count: 0,
  note: "",
};

interface Props {
  projectId: number;
  /** The version to begin with; null for a prompt of a new name. */
  based: PromptVersion | null;
  children: string;
}

function textOf(based: PromptVersion | null): PromptText {
  if (based === null) return EMPTY;
  const { name, instructions, request, with_face_crops, example_count } = based;
  return { name, instructions, request, with_face_crops, example_count, note: "" };
}

export function PromptButton({ projectId, based, children }: Props) {
  const queryClient = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState(() => textOf(based));
  const write = useMutation({
    mutationFn: () => writePrompt(projectId, text),
    onSuccess: () => {
      close();
      return queryClient.invalidateQueries(promptsQuery(projectId));
    },
  });
  const close = () => {
    setIsOpen(false);
    setText(textOf(based));
  };
  const needed = [text.name, text.instructions, text.request];
  return (
    <>
      <Button
        {...(based === null
          ? {}
          : {
              variant: "default",
              size: "xs",
              "aria-label": `${children}: ${based.name}, version ${based.number}`,
            })}
        onClick={() => setIsOpen(true)}
      >
        {children}
      </Button>
      <FormDialog
        title={based === null ? "Write a prompt" : `Next version of ${based.name}`}
        isOpen={isOpen}
        onClose={close}
        verb="Save as a new version"
        onSubmit={() => write.mutate()}
        isBusy={write.isPending}
        isIncomplete={needed.some((value) => value.trim() === "")}
        error={write.error}
        size="xl"
      >
        <PromptFields
          text={text}
          based={based}
          error={write.error}
          onChange={(changes) => setText({ ...text, ...changes })}
        />
      </FormDialog>
    </>
  );
}
