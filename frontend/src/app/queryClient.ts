import { QueryClient } from "@tanstack/react-query";

import { Unreachable } from "@/api/problem";

/** A refusal is an answer: only silence is asked again. */
function shouldRetry(failures: number, error: Error): boolean {
  return error instanceof Unreachable && failures < 2;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: shouldRetry, staleTime: 10_000 },
      mutations: { retry: false },
    },
  });
}
