import type { ClipDetail } from "@/api/types";
import { Card } from "@/ui/Card";
import { Facts } from "@/ui/Facts";
import { Time } from "@/ui/Time";

export function ClipFacts({ clip }: { clip: ClipDetail }) {
  return (
    <Card title="Facts">
      <Facts
        facts={[
          { name: "In this stage since", value: <Time at={clip.stage_since} /> },
          {
            name: "Annotations",
            value: `${clip.slots.submitted} of ${clip.slots.total} submitted`,
          },
          { name: "Round", value: clip.round },
          { name: "Priority", value: clip.priority },
          { name: "Source", value: clip.source.name },
          { name: "Licence", value: clip.licence },
          { name: "Consent until", value: clip.consent_until },
          { name: "Emotion, by its source", value: clip.emotion },
          { name: "Source video", value: clip.source_video },
          { name: "Group", value: clip.group },
          {
            name: "Length",
            value: `${clip.duration_s.toFixed(3)} s, ${clip.frame_count} frames`,
          },
          { name: "Picture", value: `${clip.width} × ${clip.height} pixels` },
          { name: "Sound", value: clip.has_audio ? "Yes" : "None" },
          { name: "Imported", value: <Time at={clip.created_at} /> },
        ]}
      />
    </Card>
  );
}
