import { Button, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import {
  type DatasetVersion,
  type ExportRequest,
  exportsQuery,
  type InstructionSet,
  instructionSetsQuery,
  startExport,
} from "@/api/datasets";
import { SPLITS } from "./datasetLabels";
import { ExportedBesides, ExportedTexts } from "./ExportFields";
import { FORMATS } from "./exportFormats";
import { FormatSelect } from "./FormatSelect";
import { SeedInput } from "./SeedInput";
import { FormDialog } from "@/ui/FormDialog";

const wishesFor = (version: DatasetVersion): ExportRequest => ({
  format: "videollama2",
  rendering: version.rendering,
  splits: [...SPLITS],
  instruction_set: "",
  seed: null,
  media: "paths",
  with_rule_drafts: false,
});

const chosenOrFirst = (uid: string, sets: readonly InstructionSet[] | undefined) =>
  uid === "" ? (sets?.[0]?.uid ?? "") : uid;

export function NewExportButton({ version }: { version: DatasetVersion }) {
  const queryClient = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [wishes, setWishes] = useState(() => wishesFor(version));
  const sets = useQuery({ ...instructionSetsQuery(version.project_id), enabled: isOpen });
  const asks = FORMATS[wishes.format].asks === true;
  const chosenSet = chosenOrFirst(wishes.instruction_set, sets.data);
  const wish = (changed: Partial<ExportRequest>) => setWishes({ ...wishes, ...changed });
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      startExport(version.uid, {
        ...wishes,
        instruction_set: asks ? chosenSet : "",
        seed: asks ? wishes.seed : null,
      }),
    onSuccess: () => {
      setIsOpen(false);
      return queryClient.invalidateQueries(exportsQuery(version.uid));
    },
  });
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>New export</Button>
      <FormDialog
        title="New export"
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        verb="Export"
        onSubmit={() => mutate()}
        isBusy={isPending}
        isIncomplete={(asks && chosenSet === "") || wishes.splits.length === 0}
        error={error ?? sets.error}
      >
        <FormatSelect format={wishes.format} onChange={(format) => wish({ format })} />
        <ExportedTexts version={version} wishes={wishes} wish={wish} />
        {asks && (
          <Select
            label="Instruction templates"
            description="One of them is drawn for each clip."
            allowDeselect={false}
            data={(sets.data ?? []).map(({ uid, name, version: number }) => ({
              value: uid,
              label: `${name}, version ${number}`,
            }))}
            value={chosenSet}
            onChange={(uid) => wish({ instruction_set: uid ?? "" })}
          />
        )}
        <ExportedBesides wishes={wishes} wish={wish} />
        {asks && (
          <SeedInput
            seed={wishes.seed}
            description="The same seed asks each clip the same. Without one, the version's is taken."
            onChange={(seed) => wish({ seed })}
          />
        )}
      </FormDialog>
    </>
  );
}
