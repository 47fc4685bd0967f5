/** One finding about one place of what was sent; `offset` counts Unicode code points. */
export interface FieldError {
  field: string;
  code: string;
  message: string;
  offset?: number | null;
}

export interface ProblemBody {
  title: string;
  status: number;
  detail: string;
  code: string;
  errors: FieldError[];
  request_id: string | null;
  /** The revision the server holds, sent with `revision_conflict`. */
  current?: number | string;
  document?: unknown;
}

/** A refusal of the server, as problem+json says it. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(body.detail || body.title);
    this.body = body;
  }

  get status(): number {
    return this.body.status;
  }

  get code(): string {
    return this.body.code;
  }
}

/** No answer came back: the network or the server is away. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";

  constructor() {
    super("The server cannot be reached. Check the connection and try again.");
  }
}

const WITHOUT_BODY: Readonly<Record<number, string>> = {
  401: "You are not signed in. Sign in and try again.",
  403: "You are not allowed to do this. Ask the lead of the project.",
  404: "This page does not exist, or it is not open to you.",
  413: "This is too large for the server. Send less at once.",
  429: "That was too often. Wait a moment and try again.",
};

function sentenceFor(status: number): string {
  return (
    WITHOUT_BODY[status] ??
    `The server answered with error ${status}. Try again; if it stays, tell the operator.`
  );
}

async function readBody(response: Response): Promise<Partial<ProblemBody>> {
  if (!(response.headers.get("Content-Type") ?? "").includes("json")) return {};
  try {
    const body: unknown = await response.json();
    return typeof body === "object" && body !== null ? body : {};
  } catch {
    return {};
  }
}

/** Reads a refusal; an answer that is no problem+json (a proxy's page) gets a sentence of ours. */
export async function readProblem(response: Response): Promise<Problem> {
  const body = await readBody(response);
  return new Problem({
    title: body.title ?? sentenceFor(response.status),
    detail: body.detail ?? sentenceFor(response.status),
    code: body.code ?? (response.status === 401 ? "not_signed_in" : "refused"),
    errors: Array.isArray(body.errors) ? body.errors : [],
    request_id: body.request_id ?? null,
    status: response.status,
    ...(body.current === undefined ? {} : { current: body.current }),
    ...(body.document === undefined ? {} : { document: body.document }),
  });
}

export function isProblem(error: unknown, ...codes: string[]): error is Problem {
  return error instanceof Problem && (codes.length === 0 || codes.includes(error.code));
}
