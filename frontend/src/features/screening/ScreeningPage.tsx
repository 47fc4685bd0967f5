import { NativeSelect, Tabs } from "@mantine/core";

import { useHasRole } from "@/api/roles";
import { SHOWN, type Shown } from "@/api/screening";
import { MeasureMissing } from "./MeasureMissing";
import { RulesPart } from "./RulesPart";
import { SamplingPlan } from "./SamplingPlan";
import classes from "./screening.module.css";
import { ScreeningDesk } from "./ScreeningDesk";
import { type Part, PARTS, readScreeningView, type ScreeningView } from "./screeningView";
import { NoPermission } from "@/ui/NoPermission";
import { Page } from "@/ui/Page";

const PART_LABELS: Readonly<Record<Part, string>> = {
  clips: "Clips",
  rules: "Rules",
  sampling: "Sampling and groups",
};

const SHOWN_LABELS: Readonly<Record<Shown, string>> = {
  undecided: "Waiting for a decision",
  flagged: "Flagged",
  rejected_by_rule: "Rejected by rule",
  rejected: "Rejected in the screening",
  waiting: "In the screening",
  all: "Every clip",
};

const SHOWN_CHOICES = SHOWN.map((value) => ({ value, label: SHOWN_LABELS[value] }));

interface Props {
  projectId: number;
  view: ScreeningView;
  onView: (view: ScreeningView) => void;
}

export default function ScreeningPage({ projectId, view, onView }: Props) {
  const isSeer = useHasRole(projectId, "lead", "ml");
  if (!isSeer) {
    return <NoPermission title="Screening" forWhom="leads and ML staff of the project" />;
  }
  const part = view.part ?? "clips";
  const show = view.show ?? "undecided";
  return (
    <Page title="Screening" width="wide" actions={<MeasureMissing projectId={projectId} />}>
      <Tabs
        value={part}
        keepMounted={false}
        onChange={(chosen) =>
          onView({ show: view.show, part: readScreeningView({ part: chosen }).part })
        }
      >
        <div className={classes.top}>
          <Tabs.List>
            {PARTS.map((known) => (
              <Tabs.Tab key={known} value={known}>
                {PART_LABELS[known]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {part === "clips" && (
            <NativeSelect
              aria-label="Show"
              data={SHOWN_CHOICES}
              value={show}
              onChange={({ currentTarget: { value } }) =>
                onView({ show: readScreeningView({ show: value }).show })
              }
            />
          )}
        </div>
        <Tabs.Panel value="clips">
          <ScreeningDesk key={show} projectId={projectId} show={show} />
        </Tabs.Panel>
        <Tabs.Panel value="rules">
          <RulesPart projectId={projectId} />
        </Tabs.Panel>
        <Tabs.Panel value="sampling">
          <SamplingPlan projectId={projectId} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
