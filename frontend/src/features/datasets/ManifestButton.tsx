import { Button, Stack } from "@mantine/core";
import { useState } from "react";

import type { Export } from "@/api/datasets";
import { FORMATS } from "./exportFormats";
import classes from "./ManifestButton.module.css";
import { Dialog } from "@/ui/Dialog";
import { Facts } from "@/ui/Facts";

/** Says what lies in the archive and how to check that it arrived whole. */
export function ManifestButton({ row }: { row: Export }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setIsOpen(true)}>
        Show<span className="visually-hidden"> the manifest of {FORMATS[row.format].label}</span>
      </Button>
      <Dialog title="Manifest" size="xl" isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <Stack>
          <Facts
            facts={[
              {
                name: "SHA-256 of the archive",
                value: <span className="figures">{row.sha256}</span>,
              },
            ]}
          />
          <pre className={classes.manifest} tabIndex={0} aria-label="manifest.json">
            {JSON.stringify(row.manifest, null, 2)}
          </pre>
        </Stack>
      </Dialog>
    </>
  );
}
