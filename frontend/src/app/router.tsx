import type { QueryClient } from "@tanstack/react-query";
import { createBrowserHistory, createRoute, createRouter } from "@tanstack/react-router";
import { lazy } from "react";

import { invitationRoute, rootRoute, signedInRoute, signInRoute } from "@/app/entranceRoutes";
import { ErrorPage } from "@/app/ErrorPage";
import { parseId } from "@/app/parseId";
import { projectRoutes } from "@/app/projectRoutes";
import { readEvaluationView } from "@/features/leaderboard/evaluationView";
import { ProjectsPage } from "@/features/projects/ProjectsPage";

const ClipPage = lazy(() => import("@/features/clips/ClipPage"));
const EvaluationPage = lazy(() => import("@/features/leaderboard/EvaluationPage"));
const ImportResultPage = lazy(() => import("@/features/imports/ImportResultPage"));
const RunPage = lazy(() => import("@/features/runs/RunPage"));
const TokensPage = lazy(() => import("@/features/tokens/TokensPage"));
const VersionPage = lazy(() => import("@/features/datasets/VersionPage"));
const WorkspacePage = lazy(() => import("@/features/workspace/WorkspacePage"));
const CrossValidationPage = lazy(() => import("@/features/cross-validation/CrossValidationPage"));
const ConsolidationPage = lazy(() => import("@/features/consolidation/ConsolidationPage"));

const projectsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/",
  component: ProjectsPage,
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

const runRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/training-runs/$runUid",
  component: function RunRoute() {
    const { runUid } = runRoute.useParams();
    return <RunPage key={runUid} runUid={runUid} />;
  },
});

const evaluationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/evaluations/$evaluationUid",
  validateSearch: readEvaluationView,
  component: function EvaluationRoute() {
    const { evaluationUid } = evaluationRoute.useParams();
    const navigate = evaluationRoute.useNavigate();
    return (
      <EvaluationPage
        key={evaluationUid}
        evaluationUid={evaluationUid}
        view={readEvaluationView(evaluationRoute.useSearch())}
        onView={(search) => void navigate({ search, replace: true, resetScroll: false })}
      />
    );
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
    projectRoutes,
    clipRoute,
    importResultRoute,
    versionRoute,
    evaluationRoute,
    runRoute,
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
