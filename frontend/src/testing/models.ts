import type { GivenRole, ModelVersion } from "@/api/modelVersions";
import type { PromptVersion } from "@/api/prompts";
import { serveRows, signedInWith } from "@/testing/people";

export const RULES: ModelVersion = {
  uid: "rules",
  is_shipped: true,
  kind: "signals",
  name: "Rules on measured signals",
  endpoint: "",
  model: "",
  prompt: null,
  structured_output: true,
  temperature: 0.2,
  max_output_tokens: 1500,
  base: "",
  adapter: "",
  training_run: null,
  stopped_at_step: null,
  input_price: "0.000000",
  output_price: "0.000000",
  created_at: "2026-05-01T10:00:00Z",
  role: { role: "default", share: null },
};

export const HOSTED: ModelVersion = {
  ...RULES,
  uid: "large",
  is_shipped: false,
  kind: "openai",
  name: "Large one",
  endpoint: "local",
  model: "large-1",
  prompt: { uid: "p1", name: "Faces", number: 1 },
  input_price: "2.500000",
  output_price: "10.000000",
  registered_by: "Mika",
  role: { role: "default", share: null },
};

export const CANARY: ModelVersion = {
  ...HOSTED,
  uid: "small",
  name: "Small one",
  model: "small-1",
  role: { role: "canary", share: 0.1 },
};

export const GIVEN: GivenRole = {
  version: "large",
  name: "Large one",
  kind: "openai",
  role: "default",
  share: null,
  reason: "Fewer sentences are refused.",
  given_by: "Mika",
  created_at: "2026-05-02T10:00:00Z",
  ended_at: null,
};

export const PROMPT: PromptVersion = {
  uid: "p1",
  is_shipped: false,
  name: "Faces",
  number: 1,
  instructions: "Describe the face.",
  request: "The clip lasts $duration_s seconds.",
  with_face_crops: false,
  example_count: 0,
  note: "",
  written_by: "Mika",
  created_at: "2026-05-01T10:00:00Z",
};

/** A project with three models, for its ML staff. */
export function serveModels(...versions: ModelVersion[]): void {
  signedInWith("ml");
  serveRows(
    "/api/v1/projects/3/models",
    versions.length === 0 ? [CANARY, HOSTED, RULES] : versions,
  );
  serveRows("/api/v1/projects/3/draft-roles", [GIVEN]);
  serveRows("/api/v1/projects/3/prompts", [PROMPT]);
}
