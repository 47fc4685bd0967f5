import { Button } from "@mantine/core";
import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";

import { isProblem } from "@/api/problem";
import { Page } from "@/ui/Page";

export function NotFoundPage() {
  return (
    <Page title="There is nothing here" width="narrow">
      <p>This page does not exist, or it is not open to you.</p>
      <p>
        <Link to="/">Go to your projects</Link>
      </p>
    </Page>
  );
}

/** What a person meets when a page could not be shown at all. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const boundary = useQueryErrorResetBoundary();
  if (isProblem(error, "not_found")) return <NotFoundPage />;
  const retry = () => {
    boundary.reset();
    reset();
    void router.invalidate();
  };
  return (
    <Page title="This page could not be shown" width="narrow">
      <p role="alert">{error instanceof Error ? error.message : "Something went wrong."}</p>
      {isProblem(error) && error.body.request_id !== null && (
        <p className="quiet">
          For the operator: request <span className="figures">{error.body.request_id}</span>.
        </p>
      )}
      <div>
        <Button onClick={retry}>Try again</Button>
      </div>
    </Page>
  );
}
