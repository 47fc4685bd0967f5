import { isProblem } from "@/api/problem";

/** What the server says about one field of a form; null when it says nothing. */
export function errorOfField(error: Error | null, field: string): string | null {
  if (!isProblem(error)) return null;
  const found = error.body.errors.find(
    (finding) => finding.field === field || finding.field.endsWith(`.${field}`),
  );
  return found?.message ?? null;
}
