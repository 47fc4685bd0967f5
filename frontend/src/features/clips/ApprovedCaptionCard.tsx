import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { approvedCaptionQuery } from "@/api/clips";
import classes from "./clips.module.css";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";

const RENDERINGS = [
  { value: "full", label: "Full" },
  { value: "marked", label: "Marked" },
  { value: "stripped", label: "Stripped" },
] as const;

export function ApprovedCaptionCard({ clipId }: { clipId: number }) {
  const caption = useQuery(approvedCaptionQuery(clipId));
  return (
    <Card title="Approved caption">
      <ErrorNotice error={caption.error} />
      {caption.isPending && <Loading label="Loading the caption" />}
      {caption.data !== undefined && (
        <Tabs defaultValue="marked">
          <Tabs.List mb="sm">
            {RENDERINGS.map(({ value, label }) => (
              <Tabs.Tab key={value} value={value}>
                {label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {RENDERINGS.map(({ value }) => (
            <Tabs.Panel key={value} value={value}>
              <p className={classes.caption}>{caption.data.renderings[value]}</p>
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
    </Card>
  );
}
