import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render, type RenderResult } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import type { ReactNode } from "react";

import type { Me } from "@/api/types";
import { Providers } from "@/app/Providers";
import { createQueryClient } from "@/app/queryClient";
import { createAppRouter } from "@/app/router";
import { server } from "@/testing/server";

export const ADA: Me = {
  id: 1,
  name: "Ada",
  email: "ada@example.org",
  can_create_projects: false,
  projects: [{ id: 3, uid: "p3", name: "Faces of spring", roles: ["annotator"] }],
};

export function signedInAs(me: Me = ADA): void {
  document.cookie = "csrftoken=made-up";
  server.use(http.get("/api/v1/users/me", () => HttpResponse.json(me)));
}

/** Opens the whole application at a path, as a browser would. */
export function openApp(path: string): RenderResult & {
  person: UserEvent;
  router: ReturnType<typeof createAppRouter>;
} {
  const queryClient = createQueryClient();
  const router = createAppRouter(queryClient, createMemoryHistory({ initialEntries: [path] }));
  const result = render(
    <Providers queryClient={queryClient}>
      <RouterProvider router={router} />
    </Providers>,
  );
  return { ...result, person: userEvent.setup(), router };
}

/** Draws a part of a page alone, in the colours and with the cache that it has there. */
export function renderPart(part: ReactNode): RenderResult {
  return render(<Providers queryClient={createQueryClient()}>{part}</Providers>);
}
