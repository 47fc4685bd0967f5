import { Button } from "@mantine/core";

import { sayBytes } from "@/core/fileSize";
import classes from "./FileDrop.module.css";

interface Props {
  files: readonly File[];
  /** Bytes sent of each; null while nothing is being sent. */
  sent: readonly number[] | null;
  onRemove: (file: File) => void;
}

export function ChosenFiles({ files, sent, onRemove }: Props) {
  if (files.length === 0) return null;
  return (
    <ul className={classes.files} aria-label="Chosen files">
      {files.map((file, index) => (
        <li key={`${file.name}/${file.size}`} className={classes.file}>
          <span className={classes.name}>{file.name}</span>
          <span className={classes.side}>
            <span className="figures quiet">{sayBytes(file.size)}</span>
            {sent === null ? (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={`Leave out ${file.name}`}
                onClick={() => onRemove(file)}
              >
                Leave out
              </Button>
            ) : (
              <progress
                aria-label={`Upload of ${file.name}`}
                max={Math.max(1, file.size)}
                value={sent[index] ?? 0}
              />
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
