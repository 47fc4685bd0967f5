/** A person who only watches the video works too; once a minute is enough for a lease of many. */
const EVERY_MS = 60_000;

/** Calls back on keys and clicks, at most once a minute; answers how to stop. */
export function onActivity(callback: () => void): () => void {
  const leave = new AbortController();
  let last = Date.now();
  const listener = () => {
    if (Date.now() - last < EVERY_MS) return;
    last = Date.now();
    callback();
  };
  window.addEventListener("keydown", listener, { signal: leave.signal });
  window.addEventListener("pointerdown", listener, { signal: leave.signal });
  return () => leave.abort();
}
