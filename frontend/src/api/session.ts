import { queryOptions } from "@tanstack/react-query";

import { get, readCookie, send } from "@/api/http";
import { Problem } from "@/api/problem";
import type { InvitationOffer, Me } from "@/api/types";

const AUTH = "/_allauth/browser/v1/auth";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => get<Me>("/api/v1/users/me", undefined, signal),
  staleTime: 60_000,
});

/** Asks for the session only to be given the CSRF cookie that every change must send back. */
async function fetchCsrfCookie(): Promise<void> {
  if (readCookie("csrftoken") !== "") return;
  await fetch(`${AUTH}/session`, { credentials: "same-origin" });
}

/** allauth answers with its own body: a list of errors and no detail. */
function sayRefusal(problem: Problem): string {
  return problem.body.errors[0]?.message ?? problem.message;
}

export async function signIn(email: string, password: string): Promise<void> {
  await fetchCsrfCookie();
  try {
    await send("POST", `${AUTH}/login`, { body: { email, password } });
  } catch (error) {
    // 409: the session is open already, in another tab for example.
    if (error instanceof Problem && error.status === 409) return;
    throw error instanceof Problem ? new Error(sayRefusal(error)) : error;
  }
}

export async function signOut(): Promise<void> {
  // allauth answers 401 to a sign-out that worked: there is no session any more.
  const response = await fetch(`${AUTH}/session`, {
    method: "DELETE",
    headers: { "X-CSRFToken": readCookie("csrftoken") },
    credentials: "same-origin",
  });
  if (!response.ok && response.status !== 401) throw new Error("Signing out failed. Try again.");
}

export const invitationQuery = (key: string) =>
  queryOptions({
    queryKey: ["invitation", key],
    queryFn: () => get<InvitationOffer>(`/api/v1/invitations/${encodeURIComponent(key)}`),
    retry: false,
  });

/** Without a name and password the person who is signed in accepts. */
export async function acceptInvitation(
  key: string,
  account: { name: string; password: string } | null,
): Promise<void> {
  await fetchCsrfCookie();
  await send("POST", `/api/v1/invitations/${encodeURIComponent(key)}/accept`, {
    body: account ?? {},
  });
}
