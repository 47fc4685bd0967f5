import type { GroupAgreement } from "@/api/agreement";
import classes from "./agreement.module.css";
import { AgreementMatrix } from "./AgreementMatrix";
import { FiguresTable } from "./FiguresTable";
import { LowestClips } from "./LowestClips";
import { FEW, type Measure, MEASURE_LABELS } from "./measures";
import { WeeksPlot } from "./WeeksPlot";
import { Card } from "@/ui/Card";
import { EmptyState } from "@/ui/EmptyState";

interface Props {
  /** Who is compared, as it stands in a title: "Annotators". */
  who: string;
  group: GroupAgreement;
  measure: Measure;
  areNamesHidden: boolean;
  /** Where the numbers will come from. */
  empty: string;
}

/** All of one kind of people: together, by pairs, by weeks, and where they agree least. */
export function GroupPart({ who, group, measure, areNamesHidden, empty }: Props) {
  if (group.overall === null) {
    return <EmptyState title={`${who}: nothing is compared yet`}>{empty}</EmptyState>;
  }
  const places = new Map(group.people.map(({ id, name }, index) => [id, { name, index }]));
  const nameOf = (id: number) => {
    const place = places.get(id);
    return areNamesHidden ? `${who.slice(0, -1)} ${(place?.index ?? 0) + 1}` : (place?.name ?? "");
  };
  return (
    <div className={classes.part}>
      <Card title={`${who} together`}>
        <FiguresTable caption={`${who} together`} figures={group.overall} />
      </Card>
      <Card title={`${who} by pairs: ${MEASURE_LABELS[measure]}`}>
        <AgreementMatrix
          caption={`${who} by pairs`}
          group={group}
          measure={measure}
          nameOf={nameOf}
        />
        <p className="quiet">
          Darker is more alike. Pairs of fewer than {FEW} clips are hatched: they may look good or
          bad by chance. Numbers say who writes alike, not who writes well.
        </p>
      </Card>
      <Card title={`${who} by week: ${MEASURE_LABELS[measure]}`}>
        <WeeksPlot weeks={group.weeks} measure={measure} />
      </Card>
      <Card title={`${who} agree least on`}>
        <LowestClips
          caption={`Clips on which ${who.toLowerCase()} agree least`}
          clips={group.lowest}
        />
      </Card>
    </div>
  );
}
