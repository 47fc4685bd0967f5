import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";

import { Providers } from "@/app/Providers";
import { createQueryClient } from "@/app/queryClient";
import { createAppRouter } from "@/app/router";

export function App() {
  const [queryClient] = useState(createQueryClient);
  const [router] = useState(() => createAppRouter(queryClient));
  return (
    <Providers queryClient={queryClient}>
      <RouterProvider router={router} />
    </Providers>
  );
}
