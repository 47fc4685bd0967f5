import classes from "./datasets.module.css";

interface Props {
  text: string;
  /** In the order of the text, as the server found them. */
  hedges: readonly string[];
}

/** A caption with what still hedges in it marked. */
export function HedgedText({ text, hedges }: Props) {
  return splitAt(text, hedges).map(([kept, hedge], index) => (
    <span key={index}>
      {kept}
      {hedge !== "" && <mark className={classes.hedge}>{hedge}</mark>}
    </span>
  ));
}

/**
 * Pairs of what stands before a hedge and the hedge. One that is not found is passed over: where
 * inferences stay in the text, a hedge may run across one.
 */
function splitAt(text: string, hedges: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  let reached = 0;
  for (const hedge of hedges) {
    const start = text.indexOf(hedge, reached);
    if (start === -1) continue;
    pairs.push([text.slice(reached, start), hedge]);
    reached = start + hedge.length;
  }
  return [...pairs, [text.slice(reached), ""]];
}
