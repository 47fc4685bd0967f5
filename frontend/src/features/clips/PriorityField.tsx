import { Button, Group, NumberInput } from "@mantine/core";
import { useState } from "react";

import { setPriority } from "@/api/clips";
import type { ClipDetail } from "@/api/types";
import { useClipChange } from "./useClipChange";
import { ErrorNotice } from "@/ui/ErrorNotice";

export function PriorityField({ clip }: { clip: ClipDetail }) {
  const [priority, setTyped] = useState(clip.priority);
  const { mutate, isPending, error } = useClipChange(clip.id, () => setPriority(clip.id, priority));
  return (
    <>
      <ErrorNotice error={error} />
      <Group align="end" gap="xs">
        <NumberInput
          label="Priority"
          description="Clips with a higher one are handed out first."
          allowDecimal={false}
          value={priority}
          onChange={(value) => value !== "" && setTyped(Number(value))}
        />
        <Button
          variant="default"
          disabled={priority === clip.priority}
          loading={isPending}
          onClick={() => mutate(undefined)}
        >
          Set
        </Button>
      </Group>
    </>
  );
}
