import { Button, Group } from "@mantine/core";

interface Props {
  /** What is listed, as it stands after "Load more". */
  what: string;
  hasMore: boolean;
  isLoading: boolean;
  onLoad: () => void;
}

export function LoadMore({ what, hasMore, isLoading, onLoad }: Props) {
  if (!hasMore) return null;
  return (
    <Group justify="center">
      <Button variant="default" loading={isLoading} onClick={onLoad}>
        Load more {what}
      </Button>
    </Group>
  );
}
