import { Button, Group, Radio, Stack, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { leaveAssignment, UNUSABLE_REASONS, type UnusableReason } from "@/api/assignments";
import type { Assignment } from "@/api/types";
import { workPath } from "@/core/paths";
import { Dialog } from "@/ui/Dialog";
import { ErrorNotice } from "@/ui/ErrorNotice";

interface Props {
  /** Null while the dialog is closed. */
  way: "skip" | "reject" | null;
  assignment: Assignment;
  onClose: () => void;
}

const TEXTS = {
  skip: {
    title: "Skip this clip",
    explanation: "The clip goes to somebody else, and you will not be given it again.",
    verb: "Skip",
  },
  reject: {
    title: "This clip is unusable",
    explanation:
      "When enough annotators say so, the clip leaves the project. A lead can restore it.",
    verb: "Vote to reject",
  },
};

function isReason(value: string): value is UnusableReason {
  return value in UNUSABLE_REASONS;
}

export function UnusableDialog({ way, assignment, onClose }: Props) {
  const texts = TEXTS[way ?? "skip"];
  return (
    <Dialog title={texts.title} isOpen={way !== null} onClose={onClose}>
      {way !== null && <ReasonForm way={way} assignment={assignment} onClose={onClose} />}
    </Dialog>
  );
}

function ReasonForm({ way, assignment, onClose }: Props & { way: "skip" | "reject" }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState<UnusableReason | null>(null);
  const [note, setNote] = useState("");
  const { id, project_id: projectId } = assignment;
  const { mutate, isPending, error } = useMutation({
    mutationFn: (chosen: UnusableReason) => leaveAssignment(id, way, chosen, note.trim()),
    onSuccess: async ({ next }) => {
      await queryClient.invalidateQueries({ queryKey: ["projects", projectId] });
      await navigate({ to: next === null ? `/projects/${projectId}/queue` : workPath(next) });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason !== null) mutate(reason);
      }}
    >
      <Stack>
        <p>{TEXTS[way].explanation}</p>
        <ErrorNotice error={error} />
        <Radio.Group
          label="Why?"
          value={reason}
          onChange={(value) => {
            if (isReason(value)) setReason(value);
          }}
        >
          <Stack gap="xs" mt="xs">
            {Object.entries(UNUSABLE_REASONS).map(([value, label]) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label="Note"
          description={reason === "other" ? "Say what is wrong with it." : "Not needed."}
          required={reason === "other"}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={reason === null} loading={isPending}>
            {TEXTS[way].verb}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
