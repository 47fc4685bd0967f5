import type { AgreementFigures, GroupAgreement } from "@/api/agreement";
import classes from "./agreement.module.css";
import {
  alikeness,
  isFew,
  type Measure,
  MEASURE_LABELS,
  numberOf,
  sayClips,
  sayInterval,
  sayNumber,
} from "./measures";

interface Props {
  caption: string;
  group: GroupAgreement;
  measure: Measure;
  /** What stands for a person; a letter where names are hidden. */
  nameOf: (personId: number) => string;
}

/** Everybody against everybody. Nobody is ranked: people stand in the order of their names. */
export function AgreementMatrix({ caption, group, measure, nameOf }: Props) {
  const { people } = group;
  return (
    <div className={classes.scroller} role="region" aria-label={caption} tabIndex={0}>
      <table className={classes.matrix}>
        <caption className="visually-hidden">
          {caption}: {MEASURE_LABELS[measure]}
        </caption>
        <thead>
          <tr>
            <td />
            {people.map(({ id }) => (
              <th key={id} scope="col">
                {nameOf(id)}
              </th>
            ))}
            <th scope="col">All others</th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ id, figures }) => (
            <tr key={id}>
              <th scope="row">{nameOf(id)}</th>
              {people.map(({ id: other }) => (
                <Cell
                  key={other}
                  figures={id === other ? undefined : figuresOf(group, id, other)}
                  measure={measure}
                  isSelf={id === other}
                />
              ))}
              <Cell figures={figures} measure={measure} isSelf={false} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The two stand in one pair, whoever comes first. */
function figuresOf(group: GroupAgreement, id: number, other: number) {
  return group.pairs.find(
    (pair) => [pair.one, pair.other].includes(id) && [pair.one, pair.other].includes(other),
  )?.figures;
}

interface CellProps {
  figures: AgreementFigures | undefined;
  measure: Measure;
  isSelf: boolean;
}

function Cell({ figures, measure, isSelf }: CellProps) {
  if (isSelf) return <td className={classes.self} aria-label="The same person" />;
  if (figures === undefined) {
    return (
      <td className={classes.cell} data-few="true">
        <small>no clip</small>
      </td>
    );
  }
  const number = numberOf(figures, measure);
  const few = isFew(figures);
  const shade = number === null || few ? 0 : Math.round(alikeness(number.value, measure) * 45);
  return (
    <td
      className={classes.cell}
      data-few={few}
      style={
        shade === 0
          ? undefined
          : { background: `color-mix(in srgb, var(--accent) ${shade}%, var(--surface-card))` }
      }
    >
      <strong>{number === null ? "–" : sayNumber(number.value)}</strong>
      {number !== null && <small>{sayInterval(number)}</small>}
      <small>{sayClips(figures.clips)}</small>
    </td>
  );
}
