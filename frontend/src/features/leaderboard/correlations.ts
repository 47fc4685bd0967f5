/** Null where there was too little to compare. */
export function sayCorrelation(value: number | null): string {
  return value === null ? "–" : `${value < 0 ? "−" : ""}${Math.abs(value).toFixed(2)}`;
}
