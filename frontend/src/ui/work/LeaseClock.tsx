import { Button } from "@mantine/core";
import { useEffect, useState } from "react";

import { viewLease } from "@/core/lease";
import { Icon } from "@/ui/Icon";
import classes from "@/ui/work/Chip.module.css";

interface Props {
  leaseUntil: string;
  onExtend: () => void;
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** How long the work is still kept for this person; two minutes before the end it asks. */
export function LeaseClock({ leaseUntil, onExtend }: Props) {
  const lease = viewLease(leaseUntil, useNow());
  return (
    <>
      <span className={classes.chip} data-tone={lease.isEnding || lease.isOver ? "warning" : ""}>
        <Icon name="clock" size={15} />
        {/* A timer that is read out every second would drown the rest. */}
        <span role="timer" aria-live="off" className="figures">
          <span className="visually-hidden">Yours for </span>
          {lease.label}
        </span>
      </span>
      <span role="status">
        {lease.isEnding && (
          <Button size="compact-sm" variant="default" onClick={onExtend}>
            Your time is nearly over: extend
          </Button>
        )}
      </span>
    </>
  );
}
