import { Modal } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  size?: "sm" | "md" | "lg" | "xl";
  /** A dialog that must be answered has no close button and ignores Escape. */
  mustAnswer?: boolean;
  children: ReactNode;
}

export function Dialog({
  title,
  isOpen,
  onClose,
  size = "md",
  mustAnswer = false,
  children,
}: Props) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      size={size}
      withCloseButton={!mustAnswer}
      closeOnEscape={!mustAnswer}
      closeOnClickOutside={!mustAnswer}
    >
      {children}
    </Modal>
  );
}
