import { Button, Checkbox, Radio, Select, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import {
  type DatasetVersion,
  EXPORT_FORMATS,
  type ExportFormat,
  exportsQuery,
  instructionSetsQuery,
  startExport,
} from "@/api/datasets";
import { FORMAT_LABELS } from "./datasetLabels";
import { SeedInput } from "./SeedInput";
import { FormDialog } from "@/ui/FormDialog";

export function NewExportButton({ version }: { version: DatasetVersion }) {
  const queryClient = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [format, setFormat] = useState<ExportFormat>("videollama2");
  const [chosenSet, setChosenSet] = useState<string | null>(null);
  const [seed, setSeed] = useState<number | null>(null);
  const [withVideos, setWithVideos] = useState(false);
  const sets = useQuery({ ...instructionSetsQuery(version.project_id), enabled: isOpen });
  const instructionSet = chosenSet ?? sets.data?.[0]?.uid ?? null;
  const asksQuestions = format === "videollama2";
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      startExport(version.uid, {
        format,
        seed,
        with_videos: withVideos,
        instruction_set: asksQuestions ? (instructionSet ?? "") : "",
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
        isIncomplete={asksQuestions && instructionSet === null}
        error={error ?? sets.error}
      >
        <Radio.Group
          label="Format"
          value={format}
          onChange={(value) => setFormat(EXPORT_FORMATS.find((known) => known === value) ?? format)}
        >
          <Stack gap="xs" mt="xs">
            {EXPORT_FORMATS.map((known) => (
              <Radio key={known} value={known} label={FORMAT_LABELS[known]} />
            ))}
          </Stack>
        </Radio.Group>
        {asksQuestions && (
          <Select
            label="Instruction templates"
            description="One of them is drawn for each clip."
            allowDeselect={false}
            data={(sets.data ?? []).map(({ uid, name, version: number }) => ({
              value: uid,
              label: `${name}, version ${number}`,
            }))}
            value={instructionSet}
            onChange={setChosenSet}
          />
        )}
        <Checkbox
          label="Put the videos into the archive"
          description="Otherwise it names them."
          checked={withVideos}
          onChange={(event) => setWithVideos(event.currentTarget.checked)}
        />
        <SeedInput seed={seed} onChange={setSeed} />
      </FormDialog>
    </>
  );
}
