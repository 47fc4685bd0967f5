/** One fault of a caption; `offset` counts code points of the text that `field` names. */
export interface CaptionProblem {
  field: string;
  code: string;
  message: string;
  offset: number | null;
}

/** A caption that cannot be taken, with everything that is wrong with it. */
export class InvalidCaption extends Error {
  constructor(
    message: string,
    readonly problems: readonly CaptionProblem[],
  ) {
    super(message);
    this.name = "InvalidCaption";
  }
}

export class Problems {
  readonly found: CaptionProblem[] = [];

  add(field: string, code: string, message: string, offset: number | null = null): void {
    this.found.push({ field, code, message, offset });
  }

  refuseIfAny(message: string): void {
    if (this.found.length > 0) throw new InvalidCaption(message, this.found);
  }
}

export function refusal(code: string, message: string, offset: number): InvalidCaption {
  return new InvalidCaption(message, [{ field: "", code, message, offset }]);
}
