/** Two minutes are enough to read the warning, finish a sentence and press the button. */
export const WARNING_S = 120;

export interface LeaseView {
  readonly remainingS: number;
  /** As a clock shows it: `17:42`. */
  readonly label: string;
  readonly isEnding: boolean;
  readonly isOver: boolean;
}

export function viewLease(leaseUntil: string, nowMs: number): LeaseView {
  const remainingS = Math.max(0, Math.ceil((Date.parse(leaseUntil) - nowMs) / 1000));
  const seconds = String(remainingS % 60).padStart(2, "0");
  return {
    remainingS,
    label: `${Math.floor(remainingS / 60)}:${seconds}`,
    isEnding: remainingS > 0 && remainingS <= WARNING_S,
    isOver: remainingS === 0,
  };
}
