import { Button, NumberInput } from "@mantine/core";
import { useState } from "react";

import { addSlots } from "@/api/clips";
import { useClipChange } from "./useClipChange";
import { FormDialog } from "@/ui/FormDialog";

const MOST_AT_ONCE = 9;

export function AddSlotsButton({ clipId }: { clipId: number }) {
  const [isOpen, setIsOpen] = useState(false);
  const [count, setCount] = useState(1);
  const { mutate, isPending, error } = useClipChange(clipId, () => addSlots(clipId, count));
  return (
    <>
      <Button variant="default" onClick={() => setIsOpen(true)}>
        Add annotators…
      </Button>
      <FormDialog
        title="Add annotators"
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        verb="Add"
        onSubmit={() => mutate(undefined, { onSuccess: () => setIsOpen(false) })}
        isBusy={isPending}
        error={error}
      >
        <NumberInput
          label="How many more"
          description="The clip waits for consolidation until they have submitted too."
          data-autofocus
          allowDecimal={false}
          min={1}
          max={MOST_AT_ONCE}
          value={count}
          onChange={(value) => value !== "" && setCount(Number(value))}
        />
      </FormDialog>
    </>
  );
}
