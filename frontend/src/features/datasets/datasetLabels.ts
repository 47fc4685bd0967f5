import type {
  CaptionPart,
  DatasetChange,
  DatasetEntry,
  ExportMedia,
  SourceKind,
} from "@/api/datasets";

export const PART_LABELS: Readonly<Record<CaptionPart, string>> = {
  external_attributes: "External attributes",
  facial_changes: "Facial changes",
  summary: "Summary",
};

interface MediaLabel {
  choice: string;
  explanation: string;
  /** What the archive holds beside the texts. */
  noun: string;
}

export const MEDIA_LABELS: Readonly<Record<ExportMedia, MediaLabel>> = {
  paths: {
    choice: "Paths",
    explanation: "The archive names each video and its hash; lay them beside it yourself.",
    noun: "paths",
  },
  copies: {
    choice: "Copies",
    explanation: "The archive holds the videos themselves.",
    noun: "videos",
  },
  links: {
    choice: "Links",
    explanation: "The archive also lists where curl fetches each video, with an API token.",
    noun: "links",
  },
};

export const SOURCE_KIND_LABELS: Readonly<Record<SourceKind, string>> = {
  existing: "Existing dataset",
  collected: "Collected",
};

export const CHANGE_LABELS: Readonly<Record<DatasetChange, string>> = {
  edited: "Edited",
  added: "Added",
  removed: "Removed",
  moved: "Moved",
};

export const MEASURES = ["words", "words_and_punctuation", "facial_actions", "duration_s"] as const;

export const MEASURE_LABELS: Readonly<Record<(typeof MEASURES)[number], string>> = {
  words: "Words",
  words_and_punctuation: "Words and punctuation",
  facial_actions: "Facial actions",
  duration_s: "Seconds",
};

type Split = DatasetEntry["split"];

export const SPLITS = ["train", "validation", "test"] as const;

export const sayShare = (share: number) => `${Math.round(share * 1000) / 10} %`;

export const SPLIT_LABELS: Readonly<Record<Split, string>> = {
  train: "Train",
  validation: "Validation",
  test: "Test",
};
