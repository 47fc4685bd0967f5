import { Button, Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";

import { Dialog } from "@/ui/Dialog";
import { ErrorNotice } from "@/ui/ErrorNotice";
import classes from "@/ui/FormDialog.module.css";
import { useBroughtIntoView } from "@/ui/useBroughtIntoView";

interface Props {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** The verb on the button that sends the form. */
  verb: string;
  onSubmit: () => void;
  isBusy: boolean;
  error: Error | null;
  size?: "sm" | "md" | "lg" | "xl";
  isDangerous?: boolean;
  isIncomplete?: boolean;
  children: ReactNode;
}

/** A few questions in a dialog; a refusal is shown above them and nothing typed is lost. */
export function FormDialog(props: Props) {
  const { title, isOpen, onClose, verb, onSubmit, isBusy, error, size = "md" } = props;
  const refusal = useBroughtIntoView<HTMLDivElement>(error, "nearest");
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} size={size}>
      <form
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Stack>
          {error !== null && (
            <div ref={refusal} tabIndex={-1} className={classes.refusal}>
              <ErrorNotice error={error} />
            </div>
          )}
          {props.children}
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={isBusy}
              disabled={props.isIncomplete ?? false}
              {...(props.isDangerous === true ? { color: "red" } : {})}
            >
              {verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
