/**
 * Text as code points, which is what offsets count. Strings count UTF-16 units, so every offset
 * of a caption goes through here.
 */

const SPACE = /^[\p{Z}\t-\r]$/u;

export function pointsOf(text: string): string[] {
  return Array.from(text);
}

export function textOf(points: readonly string[], start = 0, end = points.length): string {
  return points.slice(start, end).join("");
}

/** White space as Python knows it, but for controls, which no caption holds. */
export function isSpace(point: string | undefined): boolean {
  return point !== undefined && SPACE.test(point);
}

/** Where the text begins and ends once white space around it is left out. */
export function trimmedRange(
  points: readonly string[],
  from = 0,
  to = points.length,
): { start: number; end: number } {
  let start = from;
  let end = to;
  while (start < end && isSpace(points[start])) start += 1;
  while (end > start && isSpace(points[end - 1])) end -= 1;
  return { start, end };
}

export function isBlank(points: readonly string[], start = 0, end = points.length): boolean {
  const range = trimmedRange(points, start, Math.min(end, points.length));
  return range.start >= range.end;
}

export function trimmed(points: readonly string[]): string[] {
  const { start, end } = trimmedRange(points);
  return points.slice(start, end);
}

export function isBlankText(text: string): boolean {
  return isBlank(pointsOf(text));
}
