import { useQuery } from "@tanstack/react-query";

import { type ClipSlot, clipSlotsQuery, freeSlot } from "@/api/clips";
import classes from "./clips.module.css";
import { useClipChange } from "./useClipChange";
import { Badge, type Tone } from "@/ui/Badge";
import { Card } from "@/ui/Card";
import { ConfirmButton } from "@/ui/ConfirmButton";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { Time } from "@/ui/Time";

const STATUS: Readonly<Record<ClipSlot["status"], { label: string; tone: Tone }>> = {
  open: { label: "Free", tone: "neutral" },
  held: { label: "Being written", tone: "accent" },
  returned: { label: "Returned", tone: "warning" },
  submitted: { label: "Submitted", tone: "positive" },
};

/** Who holds the clip's slots; one whose annotator does not come back can be freed. */
export function SlotsCard({ clipId }: { clipId: number }) {
  const slots = useQuery(clipSlotsQuery(clipId));
  const { mutate, isPending, error } = useClipChange(clipId, (slot: number) =>
    freeSlot(clipId, slot),
  );
  return (
    <Card title="Slots">
      <ErrorNotice error={slots.error ?? error} />
      {slots.isPending && <Loading label="Loading the slots" />}
      {slots.data?.length === 0 && (
        <p className="quiet">The clip gets its slots when it opens for annotation.</p>
      )}
      <ul className={classes.slots} aria-label="Slots">
        {slots.data?.map((each) => (
          <li key={each.slot}>
            <SlotLine {...each} />
            {(each.status === "held" || each.status === "returned") && (
              <FreeButton slot={each} isBusy={isPending} onFree={() => mutate(each.slot)} />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function SlotLine({ slot, status, annotator_name: name, lease_until: until }: ClipSlot) {
  return (
    <span className={classes.slot}>
      <span className="figures">{slot}</span>
      <Badge tone={STATUS[status].tone}>{STATUS[status].label}</Badge>
      {name}
      {until !== null && (
        <span className="quiet">
          until <Time at={until} />
        </span>
      )}
    </span>
  );
}

interface FreeProps {
  slot: ClipSlot;
  isBusy: boolean;
  onFree: () => void;
}

function FreeButton({ slot: { slot, annotator_name: name }, isBusy, onFree }: FreeProps) {
  return (
    <ConfirmButton
      size="xs"
      disabled={isBusy}
      aria-label={`Free slot ${slot}`}
      question={`Free slot ${slot}?`}
      consequence={`Another annotator can take it. What ${name ?? "its annotator"} wrote there is kept.`}
      verb="Free the slot"
      onConfirm={onFree}
    >
      Free the slot
    </ConfirmButton>
  );
}
