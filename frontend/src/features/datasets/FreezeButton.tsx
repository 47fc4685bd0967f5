import { Button } from "@mantine/core";
import { useState } from "react";

import { FreezeDialog } from "./FreezeDialog";

export function FreezeButton({ projectId }: { projectId: number }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Freeze a version</Button>
      <FreezeDialog projectId={projectId} isOpen={isOpen} onClose={() => setIsOpen(false)} />
    </>
  );
}
