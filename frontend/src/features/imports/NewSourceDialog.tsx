import { Checkbox, Radio, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { errorOfField } from "@/api/fieldErrors";
import { createSource, type SourceFacts, sourcesQuery } from "@/api/sources";
import { FormDialog } from "@/ui/FormDialog";

const EMPTY: SourceFacts = {
  name: "",
  kind: "collected",
  licence: "",
  url: "",
  external_processing_allowed: false,
};

interface Props {
  projectId: number;
  isOpen: boolean;
  onClose: () => void;
  onCreated: (sourceId: number) => void;
}

export function NewSourceDialog({ projectId, isOpen, onClose, onCreated }: Props) {
  const queryClient = useQueryClient();
  const [facts, setFacts] = useState(EMPTY);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => createSource(projectId, facts),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries(sourcesQuery(projectId));
      setFacts(EMPTY);
      onCreated(id);
      onClose();
    },
  });
  const text = (name: "name" | "licence" | "url") => ({
    value: facts[name],
    error: errorOfField(error, name),
    onChange: (event: { currentTarget: { value: string } }) =>
      setFacts({ ...facts, [name]: event.currentTarget.value }),
  });
  return (
    <FormDialog
      title="New source"
      isOpen={isOpen}
      onClose={onClose}
      verb="Make the source"
      onSubmit={() => mutate()}
      isBusy={isPending}
      isIncomplete={facts.name.trim() === "" || facts.licence.trim() === ""}
      error={error}
    >
      <TextInput label="Name" data-autofocus maxLength={120} {...text("name")} />
      <Radio.Group
        label="Kind"
        description="Statistics are reported for both kinds apart."
        value={facts.kind}
        onChange={(kind) =>
          setFacts({ ...facts, kind: kind === "existing" ? "existing" : "collected" })
        }
      >
        <Stack gap="xs" mt="xs">
          <Radio value="collected" label="Collected by ourselves" />
          <Radio value="existing" label="An existing dataset" />
        </Stack>
      </Radio.Group>
      <TextInput
        label="Licence"
        description="The terms under which the clips may be used."
        maxLength={500}
        {...text("licence")}
      />
      <TextInput label="Web address (optional)" type="url" maxLength={500} {...text("url")} />
      <Checkbox
        label="Its clips may be sent to services outside"
        description="Only where the project allows it too."
        checked={facts.external_processing_allowed}
        onChange={({ currentTarget: { checked } }) =>
          setFacts({ ...facts, external_processing_allowed: checked })
        }
      />
    </FormDialog>
  );
}
