import { useMemo } from "react";

import { diffWords } from "@/core/captionDifferences";
import classes from "@/ui/DiffText.module.css";

interface Props {
  before: string;
  after: string;
}

/** The words that changed, as `ins` and `del`, so that colour is never the only sign. */
export function DiffText({ before, after }: Props) {
  const changes = useMemo(() => diffWords(before, after), [before, after]);
  return (
    <span className={classes.diff}>
      {changes.map(([change, text], index) => {
        if (change === "insert") return <ins key={index}>{text}</ins>;
        if (change === "delete") return <del key={index}>{text}</del>;
        return <span key={index}>{text}</span>;
      })}
    </span>
  );
}
