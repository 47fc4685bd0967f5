import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, Outlet, redirect } from "@tanstack/react-router";

import { isProblem } from "@/api/problem";
import { meQuery } from "@/api/session";
import { ErrorPage, NotFoundPage } from "@/app/ErrorPage";
import { Shell } from "@/app/Shell";
import { InvitationPage } from "@/features/session/InvitationPage";
import { SignInPage } from "@/features/session/SignInPage";

interface RouterContext {
  queryClient: QueryClient;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  errorComponent: ErrorPage,
  notFoundComponent: NotFoundPage,
});

/** Only a path of this site: a full address here would send people elsewhere after sign-in. */
function readNext(search: Record<string, unknown>): { next?: string | undefined } {
  const next = search.next;
  const isPath = typeof next === "string" && /^\/(?![/\\])/.test(next);
  // Named even when refused: the router keeps what the parser does not mention.
  return { next: isPath ? next : undefined };
}

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: readNext,
  component: function SignInRoute() {
    return <SignInPage next={signInRoute.useSearch().next ?? "/"} />;
  },
});

export const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invitations/$key",
  component: function InvitationRoute() {
    return <InvitationPage invitationKey={invitationRoute.useParams().key} />;
  },
});

export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "signed-in",
  component: Shell,
  errorComponent: ErrorPage,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.query({ ...meQuery, staleTime: "static" });
    } catch (error) {
      if (!isProblem(error, "not_signed_in")) throw error;
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way to say it
      throw redirect({ to: "/sign-in", search: { next: location.href } });
    }
  },
});
