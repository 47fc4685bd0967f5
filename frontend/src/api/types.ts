/** Names for the shapes of the HTTP API; schema.d.ts is generated from docs/openapi.yaml. */
import type { components } from "@/api/schema";
import type { CaptionDocument } from "@/core/captionDocument";

type Schemas = components["schemas"];

/** OpenAPI knows neither pairs nor constants, so a document is typed by the caption module. */
export type WithCaption<Shape> = Omit<Shape, "document"> & { document: CaptionDocument };

export type ProjectRef = Schemas["ProjectRef"];
export type Me = Schemas["Me"];
/** The address of an invitation is told once, to the lead who makes it. */
export type Invitation = Schemas["Invitation"] & { url?: string };
export type InvitationOffer = Schemas["InvitationOffer"];

export interface CursorPage<T> {
  results: T[];
  next: string | null;
  previous: string | null;
}

export type Clip = Schemas["ClipRow"];
export type ClipDetail = Schemas["ClipDetail"];
export type Timestamps = Schemas["Timestamps"];

export type WorkRole = "annotator" | "reviewer" | "cross_validator";
export type Claim = Schemas["Claim"];
export type ClaimAnswer = Schemas["Claimed"];
export type Next = Schemas["Next"];
export type QueueReasons = Schemas["Reasons"];
export type RoleQueue = Schemas["RoleQueue"];
export type Queue = Schemas["Queue"];

export type Draft = WithCaption<Schemas["LabelledDraft"]>;
export type Assignment = WithCaption<Omit<Schemas["Assignment"], "drafts">> & { drafts: Draft[] };
export type SubmitAnswer = Schemas["Submitted"];
export type Lease = Schemas["Lease"];
export type SavedText = Schemas["Saved"];
