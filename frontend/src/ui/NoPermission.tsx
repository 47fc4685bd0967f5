import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";

interface Props {
  title: string;
  /** Who may use the page, as it stands after "This page is for". */
  forWhom: string;
}

export function NoPermission({ title, forWhom }: Props) {
  return (
    <Page title={title}>
      <EmptyState title={`This page is for ${forWhom}`}>
        The lead of the project can give you the role.
      </EmptyState>
    </Page>
  );
}
