import { diffWordsWithSpace } from "diff";
import { useMemo } from "react";

import classes from "@/ui/DiffText.module.css";

interface Props {
  before: string;
  after: string;
}

/** The words that changed, as `ins` and `del`, so that colour is never the only sign. */
export function DiffText({ before, after }: Props) {
  const parts = useMemo(() => diffWordsWithSpace(before, after), [before, after]);
  return (
    <span className={classes.diff}>
      {parts.map((part, index) => {
        if (part.added) return <ins key={index}>{part.value}</ins>;
        if (part.removed) return <del key={index}>{part.value}</del>;
        return <span key={index}>{part.value}</span>;
      })}
    </span>
  );
}
