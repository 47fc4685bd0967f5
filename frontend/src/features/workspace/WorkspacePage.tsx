import { Page } from "@/ui/Page";

export default function WorkspacePage({ assignmentId }: { assignmentId: number }) {
  return <Page title={`Assignment ${assignmentId}`}>{null}</Page>;
}
