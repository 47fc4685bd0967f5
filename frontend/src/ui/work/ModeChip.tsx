import { useEffect, useState } from "react";

import { type Mode, modeAt } from "@/core/commands";
import classes from "@/ui/work/Chip.module.css";

function useMode(): Mode {
  const [mode, setMode] = useState<Mode>(() => modeAt(document.activeElement));
  useEffect(() => {
    const update = () => setMode(modeAt(document.activeElement));
    document.addEventListener("focusin", update);
    document.addEventListener("focusout", update);
    return () => {
      document.removeEventListener("focusin", update);
      document.removeEventListener("focusout", update);
    };
  }, []);
  return mode;
}

/** Which of the two focus modes the keys follow now. */
export function ModeChip() {
  const mode = useMode();
  return (
    <span className={classes.chip}>
      {mode === "typing" ? (
        <>
          Typing · <kbd>Esc</kbd> leaves the text
        </>
      ) : (
        <>
          Player keys · <kbd>Enter</kbd> returns to the text
        </>
      )}
    </span>
  );
}
