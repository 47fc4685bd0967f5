import { Loader } from "@mantine/core";

import classes from "@/ui/Loading.module.css";

export function Loading({ label }: { label: string }) {
  return (
    <div className={classes.loading} role="status">
      <Loader size="sm" />
      <span>{label}…</span>
    </div>
  );
}
