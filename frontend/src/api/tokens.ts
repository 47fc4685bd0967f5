import { queryOptions } from "@tanstack/react-query";

import { post, send } from "@/api/http";
import { getRows } from "@/api/pages";

export const TOKEN_SCOPES = ["read", "annotate", "review", "export", "ml", "admin"] as const;

export type TokenScope = (typeof TOKEN_SCOPES)[number];

export interface Token {
  id: string;
  name: string;
  prefix: string;
  scopes: TokenScope[];
  /** The one project it opens; null for every project of its owner. */
  project: number | null;
  expiry: string | null;
  last_used_at: string | null;
  /** Only in the answer that makes it. */
  token?: string;
}

export interface TokenRequest {
  name: string;
  scopes: TokenScope[];
  project: number | null;
  /** How long it works. */
  days: number;
}

export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: ({ signal }) => getRows<Token>("/api/v1/tokens", signal),
});

export const createToken = (request: TokenRequest) => post<Token>("/api/v1/tokens", request);

export async function revokeToken(tokenId: string): Promise<void> {
  await send("DELETE", `/api/v1/tokens/${tokenId}`);
}
