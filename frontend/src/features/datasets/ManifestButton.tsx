import { Button, Stack } from "@mantine/core";
import { useState } from "react";

import type { Export } from "@/api/datasets";
import { FORMATS } from "./exportFormats";
import classes from "./ManifestButton.module.css";
import { Dialog } from "@/ui/Dialog";
import { Facts } from "@/ui/Facts";

const FETCHING = {
  name: "To fetch the videos",
  value: (
    <>
      Put the line <code>Authorization: Bearer cnt_…</code> with an API token for exports into a
      file called <code>token</code> and run <code>curl --config media.curl --header @token</code>{" "}
      in the unpacked archive.
    </>
  ),
};

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
              ...(row.media === "links" ? [FETCHING] : []),
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
