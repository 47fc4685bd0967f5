import { Button, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { errorOfField } from "@/api/fieldErrors";
import { createProject } from "@/api/projects";
import { meQuery } from "@/api/session";
import { FormDialog } from "@/ui/FormDialog";

export function NewProjectButton() {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => createProject({ name: name.trim(), description: description.trim() }),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries(meQuery);
      await navigate({ to: "/projects/$projectId/settings", params: { projectId: id } });
    },
  });
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>New project</Button>
      <FormDialog
        title="New project"
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        verb="Create the project"
        onSubmit={() => mutate()}
        isBusy={isPending}
        isIncomplete={name.trim() === ""}
        error={error}
      >
        <TextInput
          label="Name"
          description="What the people who work in it call it."
          data-autofocus
          maxLength={120}
          value={name}
          error={errorOfField(error, "name")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="Description"
          description="What is captioned and what for. You can change it later."
          rows={3}
          resize="vertical"
          maxLength={4000}
          value={description}
          error={errorOfField(error, "description")}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
      </FormDialog>
    </>
  );
}
