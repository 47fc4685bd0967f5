import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import { clipsQuery } from "@/api/clips";
import { rowsOf } from "@/api/pages";
import type { Clip } from "@/api/types";

// Long enough that a word is asked for once, not letter by letter.
const PAUSE_MS = 300;

interface Props {
  projectId: number;
  clip: Clip | null;
  onChoose: (clip: Clip) => void;
}

/** A clip found by its name; the newest are offered first. */
export function ClipChoice({ projectId, clip, onChoose }: Props) {
  const [typed, setTyped] = useState("");
  // What stands in the field once a clip is chosen is its name, not a search.
  const [search] = useDebouncedValue(typed === clip?.name ? "" : typed, PAUSE_MS);
  const found = useInfiniteQuery({
    ...clipsQuery(projectId, { search: search === "" ? undefined : search }),
    placeholderData: keepPreviousData,
  });
  const clips = rowsOf(found.data);
  const offered =
    clip === null || clips.some(({ id }) => id === clip.id) ? clips : [clip, ...clips];
  return (
    <Select
      label="Clip"
      placeholder="Its name"
      searchable
      nothingFoundMessage="No clip has this name."
      data={offered.map(({ id, name }) => ({ value: String(id), label: name }))}
      // The server has searched already.
      filter={({ options }) => options}
      value={clip === null ? null : String(clip.id)}
      onSearchChange={setTyped}
      onChange={(value) => {
        const chosen = offered.find(({ id }) => String(id) === value);
        if (chosen !== undefined) onChoose(chosen);
      }}
      error={found.error?.message}
    />
  );
}
