import { Notice } from "@/ui/Notice";

interface Finding {
  message: string;
}

interface Props {
  /** Nothing is shown for null, so that a mutation's `error` can be handed on as it is. */
  error: Error | null;
}

function isFinding(value: unknown): value is Finding {
  return (
    typeof value === "object" &&
    value !== null &&
    "message" in value &&
    typeof value.message === "string"
  );
}

function readFindings(error: Error): readonly Finding[] {
  if (!("body" in error) || typeof error.body !== "object" || error.body === null) return [];
  if (!("errors" in error.body) || !Array.isArray(error.body.errors)) return [];
  return error.body.errors.filter(isFinding);
}

/** Says why something was refused, with the findings about single fields. */
export function ErrorNotice({ error }: Props) {
  if (error === null) return null;
  const findings = readFindings(error);
  return (
    <Notice tone="negative" title={error.message}>
      {findings.length > 0 && (
        <ul>
          {findings.map((finding, index) => (
            <li key={index}>{finding.message}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
