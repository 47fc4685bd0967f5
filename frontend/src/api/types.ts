/** The contract of the HTTP API as this front end uses it. */
import type { Role } from "@/core/roles";
import type { Stage } from "@/core/stages";

export interface ProjectRef {
  id: number;
  uid: string;
  name: string;
  roles: Role[];
}

export interface Me {
  id: number;
  name: string;
  email: string;
  can_create_projects: boolean;
  projects: ProjectRef[];
}

export interface Invitation {
  id: number;
  email: string;
  roles: Role[];
  expires_at: string;
  accepted_at: string | null;
  created_at: string;
  url?: string;
}

export interface CursorPage<T> {
  results: T[];
  next: string | null;
  previous: string | null;
}

export interface Clip {
  id: number;
  uid: string;
  name: string;
  stage: Stage;
  stage_since: string;
  round: number;
  source: { id: number; name: string };
  emotion: string | null;
  source_video: string;
  duration_s: number;
  frame_count: number;
  width: number;
  height: number;
  poster_url: string;
  slots: { submitted: number; total: number };
  priority: number;
  created_at: string;
}

export interface ClipDetail extends Clip {
  licence: string;
  consent_until: string | null;
  group: string;
  has_audio: boolean;
  media_url: string;
  timestamps_url: string;
  /** Has the place `{i}` for the frame's number. */
  frame_url_template: string;
  project_id: number;
}

export interface Timestamps {
  time_base: [number, number];
  pts: number[];
  seconds: number[];
  duration_s: number;
}

export type WorkRole = "annotator" | "reviewer" | "cross_validator";

export interface Claim {
  kind: "assignment" | "consolidation" | "cross_validation";
  id: number;
  clip_id: number;
  clip_name: string;
  lease_until: string | null;
  status: string;
}

export interface QueueReasons {
  clips_total: number;
  claimable: number;
  already_yours: number;
  held_by_others: number;
  full: number;
  skipped_by_you: number;
  excluded_by_role_rule: number;
  earlier_stage: number;
  later_stage: number;
  rejected_or_withdrawn: number;
}

export interface RoleQueue {
  mine: Claim[];
  available: number;
  reasons: QueueReasons;
}

export interface Queue {
  annotator?: RoleQueue;
  reviewer?: RoleQueue;
  cross_validator?: RoleQueue;
  today: { submitted: number };
}

export interface ClaimAnswer {
  claim: Claim | null;
  reasons: QueueReasons;
}
