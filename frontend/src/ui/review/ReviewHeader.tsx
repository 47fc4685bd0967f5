import { ActionIcon } from "@mantine/core";
import type { ReactNode } from "react";

import type { Journal } from "@/core/journal";
import type { ReviewText } from "@/core/picks";
import { Icon } from "@/ui/Icon";
import { LeaseClock } from "@/ui/work/LeaseClock";
import { ModeChip } from "@/ui/work/ModeChip";
import { SaveChip } from "@/ui/work/SaveChip";

interface Props {
  title: string;
  journal: Journal<ReviewText>;
  leaseUntil: string | null;
  isReadOnly: boolean;
  onExtend: () => void;
  onHelp: () => void;
  children: ReactNode;
}

export function ReviewHeader(props: Props) {
  const { title, journal, leaseUntil, isReadOnly, onExtend, onHelp, children } = props;
  return (
    <>
      <h1>{title}</h1>
      {children}
      <SaveChip journal={journal} />
      {leaseUntil !== null && !isReadOnly && (
        <LeaseClock leaseUntil={leaseUntil} onExtend={onExtend} />
      )}
      <ModeChip />
      <ActionIcon
        size="lg"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
        onClick={onHelp}
      >
        <Icon name="question" />
      </ActionIcon>
    </>
  );
}
