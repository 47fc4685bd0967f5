import { queryOptions } from "@tanstack/react-query";

import { get } from "@/api/http";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

/** A mean over clips with its 95 % interval. */
export type AgreementNumber = Schemas["AgreementNumber"];
export type AgreementFigures = Schemas["AgreementFigures"];
export type GroupAgreement = Schemas["GroupAgreement"];
export type ProjectAgreement = Schemas["ProjectAgreement"];
export type LowClip = Schemas["LowClip"];

export const agreementQuery = (projectId: number) =>
  queryOptions({
    queryKey: ["projects", projectId, "agreement"],
    queryFn: ({ signal }) =>
      get<ProjectAgreement>(`/api/v1/projects/${projectId}/agreement`, undefined, signal),
  });
