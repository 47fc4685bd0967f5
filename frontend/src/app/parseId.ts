import { notFound } from "@tanstack/react-router";

/** A number in an address; anything else is no page. */
export function parseId(text: string): number {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way to say it
  if (!/^\d{1,15}$/.test(text)) throw notFound();
  return Number(text);
}
