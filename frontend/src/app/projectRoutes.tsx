import { createRoute } from "@tanstack/react-router";
import { lazy } from "react";

import { signedInRoute } from "@/app/entranceRoutes";
import { parseId } from "@/app/parseId";
import { readAgreementView } from "@/features/agreement/measures";
import { readClipFilters } from "@/features/clips/clipFilters";
import { readLeaderboardView } from "@/features/leaderboard/leaderboardView";
import { readModelsView } from "@/features/models/modelsView";
import { QueuePage } from "@/features/queue/QueuePage";
import { readNewRunView } from "@/features/runs/runView";
import { readScreeningView } from "@/features/screening/screeningView";

const AgreementPage = lazy(() => import("@/features/agreement/AgreementPage"));
const ClipsPage = lazy(() => import("@/features/clips/ClipsPage"));
const DatasetsPage = lazy(() => import("@/features/datasets/DatasetsPage"));
const ImportPage = lazy(() => import("@/features/imports/ImportPage"));
const JobsPage = lazy(() => import("@/features/jobs/JobsPage"));
const LeaderboardPage = lazy(() => import("@/features/leaderboard/LeaderboardPage"));
const MembersPage = lazy(() => import("@/features/members/MembersPage"));
const ModelsPage = lazy(() => import("@/features/models/ModelsPage"));
const NewRunPage = lazy(() => import("@/features/runs/NewRunPage"));
const RunsPage = lazy(() => import("@/features/runs/RunsPage"));
const ScreeningPage = lazy(() => import("@/features/screening/ScreeningPage"));
const TemplatesPage = lazy(() => import("@/features/datasets/TemplatesPage"));
const SettingsPage = lazy(() => import("@/features/settings/SettingsPage"));

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

const screeningRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: "/screening",
  validateSearch: readScreeningView,
  component: function ScreeningRoute() {
    const { projectId } = screeningRoute.useParams();
    const navigate = screeningRoute.useNavigate();
    return (
      <ScreeningPage
        key={projectId}
        projectId={projectId}
        view={readScreeningView(screeningRoute.useSearch())}
        onView={(search) => void navigate({ search, replace: true })}
      />
    );
  },
});

const modelsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: "/models",
  validateSearch: readModelsView,
  component: function ModelsRoute() {
    const { projectId } = modelsRoute.useParams();
    const navigate = modelsRoute.useNavigate();
    return (
      <ModelsPage
        key={projectId}
        projectId={projectId}
        view={readModelsView(modelsRoute.useSearch())}
        onView={(search) => void navigate({ search, replace: true })}
      />
    );
  },
});

const datasetsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: "/datasets",
  component: function DatasetsRoute() {
    return <DatasetsPage projectId={datasetsRoute.useParams().projectId} />;
  },
});

const templatesRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: "/datasets/templates",
  component: function TemplatesRoute() {
    return <TemplatesPage projectId={templatesRoute.useParams().projectId} />;
  },
});

const leaderboardRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: "/leaderboard",
  validateSearch: readLeaderboardView,
  component: function LeaderboardRoute() {
    const { projectId } = leaderboardRoute.useParams();
    const navigate = leaderboardRoute.useNavigate();
    return (
      <LeaderboardPage
        key={projectId}
        projectId={projectId}
        view={readLeaderboardView(leaderboardRoute.useSearch())}
        onView={(search) => void navigate({ search, replace: true })}
      />
    );
  },
});

const agreementRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: "/agreement",
  validateSearch: readAgreementView,
  component: function AgreementRoute() {
    const { projectId } = agreementRoute.useParams();
    const navigate = agreementRoute.useNavigate();
    return (
      <AgreementPage
        projectId={projectId}
        measure={agreementRoute.useSearch().measure ?? "event_f1"}
        onMeasure={(measure) => void navigate({ search: { measure }, replace: true })}
      />
    );
  },
});

const runsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: "/runs",
  component: function RunsRoute() {
    return <RunsPage projectId={runsRoute.useParams().projectId} />;
  },
});

const newRunRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: "/runs/new",
  validateSearch: readNewRunView,
  component: function NewRunRoute() {
    const { projectId } = newRunRoute.useParams();
    const view = newRunRoute.useSearch();
    return <NewRunPage key={view.from ?? ""} projectId={projectId} view={view} />;
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

/** The pages of one project. */
export const projectRoutes = projectRoute.addChildren([
  queueRoute,
  clipsRoute,
  importRoute,
  screeningRoute,
  modelsRoute,
  datasetsRoute,
  templatesRoute,
  runsRoute,
  newRunRoute,
  leaderboardRoute,
  agreementRoute,
  jobsRoute,
  membersRoute,
  settingsRoute,
]);
