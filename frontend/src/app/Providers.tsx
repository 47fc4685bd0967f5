import { MantineProvider } from "@mantine/core";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import type { ReactNode } from "react";

import { resolveVariables, theme } from "@/styles/theme";

interface Props {
  queryClient: QueryClient;
  children: ReactNode;
}

function readStyleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
}

// Dialogs lock the page's scrolling with a style element of their own, which needs the nonce too.
setNonce(readStyleNonce());

export function Providers({ queryClient, children }: Props) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      defaultColorScheme="auto"
      env={import.meta.env.MODE === "test" ? "test" : "default"}
      getStyleNonce={readStyleNonce}
    >
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </MantineProvider>
  );
}
