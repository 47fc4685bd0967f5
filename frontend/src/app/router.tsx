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
import { readClipFilters } from "@/features/clips/clipFilters";
import { ProjectsPage } from "@/features/projects/ProjectsPage";
import { QueuePage } from "@/features/queue/QueuePage";
import { InvitationPage } from "@/features/session/InvitationPage";
import { SignInPage } from "@/features/session/SignInPage";

const ClipPage = lazy(() => import("@/features/clips/ClipPage"));
const ClipsPage = lazy(() => import("@/features/clips/ClipsPage"));
const DatasetsPage = lazy(() => import("@/features/datasets/DatasetsPage"));
const ImportPage = lazy(() => import("@/features/imports/ImportPage"));
const ImportResultPage = lazy(() => import("@/features/imports/ImportResultPage"));
const JobsPage = lazy(() => import("@/features/jobs/JobsPage"));
const MembersPage = lazy(() => import("@/features/members/MembersPage"));
const SettingsPage = lazy(() => import("@/features/settings/SettingsPage"));
const TokensPage = lazy(() => import("@/features/tokens/TokensPage"));
const VersionPage = lazy(() => import("@/features/datasets/VersionPage"));
const WorkspacePage = lazy(() => import("@/features/workspace/WorkspacePage"));
const CrossValidationPage = lazy(() => import("@/features/cross-validation/CrossValidationPage"));
const ConsolidationPage = lazy(() => import("@/features/consolidation/ConsolidationPage"));

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

const clipsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: "/clips",
  validateSearch: readClipFilters,
  component: function ClipsRoute() {
    const { projectId } = clipsRoute.useParams();
    const navigate = clipsRoute.useNavigate();
    return (
      <ClipsPage
        key={projectId}
        projectId={projectId}
        // The router keeps in the address what the filters do not know.
        filters={readClipFilters(clipsRoute.useSearch())}
        onFilter={(search) => void navigate({ search, replace: true })}
      />
    );
  },
});

const importRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: "/import",
  component: function ImportRoute() {
    return <ImportPage projectId={importRoute.useParams().projectId} />;
  },
});

const datasetsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: "/datasets",
  component: function DatasetsRoute() {
    return <DatasetsPage projectId={datasetsRoute.useParams().projectId} />;
  },
});

const jobsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: "/jobs",
  component: function JobsRoute() {
    return <JobsPage projectId={jobsRoute.useParams().projectId} />;
  },
});

const membersRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: "/members",
  component: function MembersRoute() {
    return <MembersPage projectId={membersRoute.useParams().projectId} />;
  },
});

const settingsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: "/settings",
  component: function SettingsRoute() {
    return <SettingsPage projectId={settingsRoute.useParams().projectId} />;
  },
});

const clipRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/clips/$clipId",
  params: {
    parse: ({ clipId }) => ({ clipId: parseId(clipId) }),
    stringify: ({ clipId }) => ({ clipId: String(clipId) }),
  },
  component: function ClipRoute() {
    const { clipId } = clipRoute.useParams();
    return <ClipPage key={clipId} clipId={clipId} />;
  },
});

const importResultRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/imports/$importUid",
  component: function ImportResultRoute() {
    return <ImportResultPage importUid={importResultRoute.useParams().importUid} />;
  },
});

const versionRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/dataset-versions/$versionUid",
  component: function VersionRoute() {
    return <VersionPage versionUid={versionRoute.useParams().versionUid} />;
  },
});

const tokensRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/tokens",
  component: TokensPage,
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

const consolidationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/consolidations/$consolidationId",
  params: {
    parse: ({ consolidationId }) => ({ consolidationId: parseId(consolidationId) }),
    stringify: ({ consolidationId }) => ({ consolidationId: String(consolidationId) }),
  },
  component: function ConsolidationRoute() {
    const { consolidationId } = consolidationRoute.useParams();
    return <ConsolidationPage key={consolidationId} consolidationId={consolidationId} />;
  },
});

const crossValidationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/cross-validations/$reviewId",
  params: {
    parse: ({ reviewId }) => ({ reviewId: parseId(reviewId) }),
    stringify: ({ reviewId }) => ({ reviewId: String(reviewId) }),
  },
  component: function CrossValidationRoute() {
    const { reviewId } = crossValidationRoute.useParams();
    return <CrossValidationPage key={reviewId} reviewId={reviewId} />;
  },
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  invitationRoute,
  signedInRoute.addChildren([
    projectsRoute,
    projectRoute.addChildren([
      queueRoute,
      clipsRoute,
      importRoute,
      datasetsRoute,
      jobsRoute,
      membersRoute,
      settingsRoute,
    ]),
    clipRoute,
    importResultRoute,
    versionRoute,
    tokensRoute,
    workspaceRoute,
    consolidationRoute,
    crossValidationRoute,
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
