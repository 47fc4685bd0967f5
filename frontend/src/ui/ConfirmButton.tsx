import { Button, type ButtonProps, Group, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";

import { Dialog } from "@/ui/Dialog";

interface Props extends ButtonProps {
  /** The question, as the dialog's title. */
  question: string;
  /** What will happen, and whether it can be undone. */
  consequence: ReactNode;
  /** The verb on the button that does it. */
  verb: string;
  onConfirm: () => void;
  children: ReactNode;
}

/** A button whose action cannot be taken back: it asks first. */
export function ConfirmButton(props: Props) {
  const { question, consequence, verb, onConfirm, children, ...button } = props;
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button variant="default" {...button} onClick={() => setIsAsking(true)}>
        {children}
      </Button>
      <Dialog title={question} isOpen={isAsking} onClose={() => setIsAsking(false)}>
        <Stack>
          <div>{consequence}</div>
          <Group justify="end">
            <Button variant="default" data-autofocus onClick={() => setIsAsking(false)}>
              Cancel
            </Button>
            <Button
              color="red"
              onClick={() => {
                setIsAsking(false);
                onConfirm();
              }}
            >
              {verb}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  );
}
