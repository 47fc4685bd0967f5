import { Button, FileButton } from "@mantine/core";
import { useState } from "react";

import classes from "./FileDrop.module.css";

interface Props {
  /** What is asked for, as it stands after "Drop" and "here". */
  what: string;
  accept: string;
  isMultiple?: boolean;
  isDisabled: boolean;
  onFiles: (files: File[]) => void;
}

/** A place to drop files on, with a button that does the same from the keyboard. */
export function FileDrop({ what, accept, isMultiple = false, isDisabled, onFiles }: Props) {
  const [isOver, setIsOver] = useState(false);
  return (
    <div
      className={classes.drop}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(!isDisabled);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        if (!isDisabled) onFiles([...event.dataTransfer.files]);
      }}
    >
      <p>Drop {what} here</p>
      <FileButton
        accept={accept}
        multiple={isMultiple}
        disabled={isDisabled}
        inputProps={{ "aria-label": `Choose ${what}` }}
        onChange={(chosen) => onFiles(toList(chosen))}
      >
        {(props) => (
          <Button variant="default" {...props}>
            Choose {what}
          </Button>
        )}
      </FileButton>
    </div>
  );
}

function toList(chosen: File | File[] | null): File[] {
  if (chosen === null) return [];
  return Array.isArray(chosen) ? chosen : [chosen];
}
