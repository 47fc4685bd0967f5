import { queryOptions } from "@tanstack/react-query";

import { post, send } from "@/api/http";
import { getRows } from "@/api/pages";
import type { components } from "@/api/schema";

export const TOKEN_SCOPES = ["read", "annotate", "review", "export", "ml", "admin"] as const;

export type TokenScope = Token["scopes"][number];

export type Token = components["schemas"]["Token"];

export type TokenRequest = components["schemas"]["TokenBody"];

export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: ({ signal }) => getRows<Token>("/api/v1/tokens", signal),
});

export const createToken = (request: TokenRequest) =>
  post<components["schemas"]["NewToken"]>("/api/v1/tokens", request);

export async function revokeToken(tokenId: string): Promise<void> {
  await send("DELETE", `/api/v1/tokens/${tokenId}`);
}
