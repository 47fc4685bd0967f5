import { type ClockState, RATES } from "@/core/frameClock";

const KEY = "countenance.player";

type Preferences = Pick<ClockState, "rate" | "isLooping">;

/** How this person last played a video; the defaults when nothing usable is stored. */
export function readPreferences(): Preferences {
  const [rate, loop] = (window.localStorage.getItem(KEY) ?? "").split(" ");
  return {
    rate: RATES.find((known) => String(known) === rate) ?? 1,
    isLooping: loop !== "once",
  };
}

export function rememberPreferences({ rate, isLooping }: Preferences): void {
  const text = `${rate} ${isLooping ? "loop" : "once"}`;
  if (window.localStorage.getItem(KEY) !== text) window.localStorage.setItem(KEY, text);
}
