import { readCookie } from "@/api/http";
import { type Problem, readProblem, Unreachable } from "@/api/problem";
import { signInGate } from "@/api/signInGate";

/** Sends a form and tells how much of it has left; fetch cannot say that, XMLHttpRequest can. */
export function upload<T>(
  path: string,
  form: FormData,
  onSent: (bytes: number, total: number) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Accept", "application/json, application/problem+json");
    request.setRequestHeader("X-CSRFToken", readCookie("csrftoken"));
    request.setRequestHeader("Idempotency-Key", crypto.randomUUID());
    request.upload.onprogress = ({ loaded, total }) => onSent(loaded, total);
    request.onerror = () => reject(new Unreachable());
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as T);
      else void refuse(asResponse(request)).then(reject);
    };
    request.send(form);
  });
}

async function refuse(response: Response): Promise<Problem> {
  const problem = await readProblem(response);
  if (problem.status === 401) signInGate.close();
  return problem;
}

function asResponse(request: XMLHttpRequest): Response {
  const type = request.getResponseHeader("Content-Type") ?? "text/plain";
  return new Response(request.responseText, {
    status: request.status,
    headers: { "Content-Type": type },
  });
}
