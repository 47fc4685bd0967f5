import { readProblem, Unreachable } from "@/api/problem";
import { signInGate } from "@/api/signInGate";

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface RequestOptions {
  query?: Query;
  /** Sent as JSON, or as multipart when it is a FormData. */
  body?: unknown;
  /** The revision the change was made on, sent as If-Match. */
  revision?: number;
  /** Lets the request outlive the page; the browser limits its body to 64 KiB. */
  keepalive?: boolean;
  signal?: AbortSignal;
}

export interface Answer<T> {
  data: T;
  /** Out of the ETag; null where the resource has no revision. */
  revision: number | null;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export function readCookie(name: string, cookies = document.cookie): string {
  const prefix = `${name}=`;
  const found = cookies.split("; ").find((cookie) => cookie.startsWith(prefix));
  return found === undefined ? "" : decodeURIComponent(found.slice(prefix.length));
}

function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return search === "" ? path : `${path}?${search}`;
}

function headersFor(method: Method, options: RequestOptions): Headers {
  const headers = new Headers({ Accept: "application/json, application/problem+json" });
  if (options.body !== undefined && !(options.body instanceof FormData)) {
    headers.set("Content-Type", "application/json");
  }
  if (method !== "GET") headers.set("X-CSRFToken", readCookie("csrftoken"));
  // One key for each call: the fetch layer may repeat a request, a person's second click is new.
  if (method === "POST") headers.set("Idempotency-Key", crypto.randomUUID());
  if (options.revision !== undefined) headers.set("If-Match", `"${options.revision}"`);
  return headers;
}

function bodyOf({ body }: RequestOptions): BodyInit | null {
  if (body === undefined) return null;
  return body instanceof FormData ? body : JSON.stringify(body);
}

export function readRevision(response: Response): number | null {
  const digits = /^(?:W\/)?"(\d+)"$/.exec(response.headers.get("ETag") ?? "")?.[1];
  return digits === undefined ? null : Number(digits);
}

async function fetchOrThrow(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable();
  }
}

/** Sends one request. Refusals are thrown as `Problem`, silence as `Unreachable`. */
export async function send<T>(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<Answer<T>> {
  const response = await fetchOrThrow(address(path, options.query), {
    method,
    headers: headersFor(method, options),
    body: bodyOf(options),
    credentials: "same-origin",
    ...(options.keepalive === undefined ? {} : { keepalive: options.keepalive }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  if (!response.ok) {
    const problem = await readProblem(response);
    if (problem.status === 401) signInGate.close();
    throw problem;
  }
  const text = await response.text();
  return {
    data: (text === "" ? undefined : JSON.parse(text)) as T,
    revision: readRevision(response),
  };
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  const answer = await send<T>("GET", path, {
    ...(query === undefined ? {} : { query }),
    ...(signal === undefined ? {} : { signal }),
  });
  return answer.data;
}

export async function post<T>(path: string, body: unknown = {}): Promise<T> {
  return (await send<T>("POST", path, { body })).data;
}
