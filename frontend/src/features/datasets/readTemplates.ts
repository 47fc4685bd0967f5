/** The texts of a file or field: a JSON list of strings, or else its lines that hold something. */
export function readTemplates(content: string): string[] {
  const list = readList(content);
  const texts = list ?? content.split(/\r?\n/u).filter((line) => line.trim() !== "");
  return texts.map((text) => text.trim());
}

function readList(content: string): string[] | null {
  if (!content.trimStart().startsWith("[")) return null;
  try {
    const value: unknown = JSON.parse(content);
    const isTexts = (found: unknown): found is string[] =>
      Array.isArray(found) && found.every((each) => typeof each === "string");
    return isTexts(value) ? value : null;
  } catch {
    return null;
  }
}
