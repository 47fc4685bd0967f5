/** The caption document as it travels: the shape of annotation/captions/document.py. */

export const PHASES = ["beginning", "progress", "middle", "end", "throughout"] as const;

export type Phase = (typeof PHASES)[number];

export type Part = "external_attributes" | "facial_changes" | "summary";

/** A half-open range of code points, and what stands there once it is stripped. */
export interface InferenceSpan {
  start: number;
  end: number;
  replacement?: string;
}

export interface Origin {
  kind: "draft" | "annotation" | "consolidation";
  uid: string;
  sentence: string;
  distance?: number;
}

export interface Sentence {
  id: string;
  text: string;
  inferences: InferenceSpan[];
  phase?: Phase | null;
  frames?: [number, number] | null;
  origin?: Origin | null;
}

export interface CaptionDocument {
  schema: 1;
  external_attributes: Sentence[];
  facial_changes: Sentence[];
  summary: Sentence | null;
}
