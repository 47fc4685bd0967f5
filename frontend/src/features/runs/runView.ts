/** What a new run begins from, as the address holds it. */
export interface NewRunView {
  /** The uid of the run that is cloned. */
  from?: string | undefined;
  /** The uid of the dataset version. */
  version?: string | undefined;
}

const word = (value: unknown) => (typeof value === "string" ? value : undefined);

export function readNewRunView(search: Record<string, unknown>): NewRunView {
  return { from: word(search.from), version: word(search.version) };
}
