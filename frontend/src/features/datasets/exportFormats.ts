import type { ExportFormat } from "@/api/datasets";

interface Format {
  label: string;
  /** One line for somebody who has to choose. */
  explanation: string;
  /** A question is drawn for each clip. */
  asks?: boolean;
  /** Rejected answers may be those of rules too. */
  prefers?: boolean;
  holdsVideos?: boolean;
}

export const FORMATS: Readonly<Record<ExportFormat, Format>> = {
  videollama2: {
    label: "VideoLLaMA2 conversations",
    explanation: "A question and the caption for each video, for tuning.",
    asks: true,
  },
  "llama-factory": {
    label: "LLaMA-Factory",
    explanation: "The same for that trainer, with the file that names its data sets.",
    asks: true,
  },
  dpo: {
    label: "DPO pairs",
    explanation: "The caption against drafts and against sentences that reviewers changed.",
    asks: true,
    prefers: true,
  },
  kto: {
    label: "KTO answers",
    explanation: "The same texts one by one, each wanted or not.",
    asks: true,
    prefers: true,
  },
  webdataset: {
    label: "WebDataset",
    explanation: "Tar shards of videos with their captions, to be streamed.",
    holdsVideos: true,
  },
  "hugging-face": {
    label: "Hugging Face folder",
    explanation: "What datasets.load_dataset reads.",
  },
  parquet: { label: "Parquet", explanation: "Typed columns for data frames." },
  csv: { label: "CSV", explanation: "For spreadsheets; no cell runs as a formula." },
  facialdynamic: {
    label: "id, video, caption",
    explanation: "The shape in which the benchmark was published.",
  },
  "native-jsonl": {
    label: "Native JSONL",
    explanation: "Everything of the version; another project can import it.",
  },
  "ls-json": {
    label: "Label Studio JSON",
    explanation: "Tasks with captions as annotations and drafts as predictions.",
  },
  eaf: {
    label: "ELAN",
    explanation: "Tiers of phases, sentences, inferences and each annotator's text.",
  },
  vtt: { label: "WebVTT", explanation: "A subtitle for each sentence, for players." },
  srt: { label: "SubRip", explanation: "The same for older players." },
  "consolidation-audit": {
    label: "Consolidation audit",
    explanation: "Picks, reasons, verdicts and cross-validations; people have pseudonyms.",
  },
};

export const FORMAT_GROUPS: readonly { group: string; formats: readonly ExportFormat[] }[] = [
  { group: "Training", formats: ["videollama2", "llama-factory", "dpo", "kto", "webdataset"] },
  { group: "Tables", formats: ["hugging-face", "parquet", "csv", "facialdynamic"] },
  { group: "Other tools", formats: ["native-jsonl", "ls-json", "eaf", "vtt", "srt"] },
  { group: "Papers", formats: ["consolidation-audit"] },
];

export const isFormat = (value: string): value is ExportFormat => value in FORMATS;
