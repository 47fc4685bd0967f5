import type { QueryClient } from "@tanstack/react-query";
import {
  createBrowserHistory,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  notFound,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { lazy } from "react";

import { isProblem } from "@/api/problem";
import { meQuery } from "@/api/session";
import { ErrorPage, NotFoundPage } from "@/app/ErrorPage";
import { Shell } from "@/app/Shell";
import { ProjectsPage } from "@/features/projects/ProjectsPage";
import { QueuePage } from "@/features/queue/QueuePage";
import { InvitationPage } from "@/features/session/InvitationPage";
import { SignInPage } from "@/features/session/SignInPage";

const WorkspacePage = lazy(() => import("@/features/workspace/WorkspacePage"));

interface RouterContext {
  queryClient: QueryClient;
}

const rootRoute = createRootRouteWithContext<RouterContext>()({
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

function parseId(text: string): number {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way to say it
  if (!/^\d{1,15}$/.test(text)) throw notFound();
  return Number(text);
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: readNext,
  component: function SignInRoute() {
    return <SignInPage next={signInRoute.useSearch().next ?? "/"} />;
  },
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invitations/$key",
  component: function InvitationRoute() {
    return <InvitationPage invitationKey={invitationRoute.useParams().key} />;
  },
});

const signedInRoute = createRoute({
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

const projectsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/",
  component: ProjectsPage,
});

const projectRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/projects/$projectId",
  params: {
    parse: ({ projectId }) => ({ projectId: parseId(projectId) }),
    stringify: ({ projectId }) => ({ projectId: String(projectId) }),
  },
});

const queueRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: "/queue",
  component: function QueueRoute() {
    return <QueuePage projectId={queueRoute.useParams().projectId} />;
  },
});

const workspaceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/assignments/$assignmentId",
  params: {
    parse: ({ assignmentId }) => ({ assignmentId: parseId(assignmentId) }),
    stringify: ({ assignmentId }) => ({ assignmentId: String(assignmentId) }),
  },
  component: function WorkspaceRoute() {
    const { assignmentId } = workspaceRoute.useParams();
    // Another assignment is another editor: nothing of the last one stays.
    return <WorkspacePage key={assignmentId} assignmentId={assignmentId} />;
  },
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  invitationRoute,
  signedInRoute.addChildren([
    projectsRoute,
    projectRoute.addChildren([queueRoute]),
    workspaceRoute,
  ]),
]);

export function createAppRouter(queryClient: QueryClient, history = createBrowserHistory()) {
  return createRouter({
    routeTree,
    history,
    context: { queryClient },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: ErrorPage,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
