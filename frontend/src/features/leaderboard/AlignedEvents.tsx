import { useEffect, useRef, useState } from "react";

import type { AlignedEvent, Alignment } from "@/api/evaluations";
import classes from "./evaluation.module.css";
import { EVENT_STATES, partnersOf } from "./eventStates";
import { Badge } from "@/ui/Badge";

interface Props {
  alignment: Alignment;
  /** Whose text stands at the right. */
  name: string;
}

/** The events of both texts as two lists, with a line between those that tell the same. */
export function AlignedEvents({ alignment, name }: Props) {
  const { reference, prediction } = alignment;
  const picture = useRef<HTMLDivElement>(null);
  const lines = useLines(picture, alignment);
  return (
    <div className={classes.aligned} ref={picture}>
      <EventList title="Reference" side="reference" events={reference} alignment={alignment} />
      <svg className={classes.lines} aria-hidden="true">
        {lines.map(({ from, to, state }, index) => (
          <line key={index} x1="0" x2="100%" y1={from} y2={to} data-state={state} />
        ))}
      </svg>
      <EventList title={name} side="prediction" events={prediction} alignment={alignment} />
    </div>
  );
}

interface ListProps {
  title: string;
  side: "reference" | "prediction";
  events: readonly AlignedEvent[];
  alignment: Alignment;
}

function EventList({ title, side, events, alignment }: ListProps) {
  return (
    <section aria-label={`Events of ${title}`}>
      <h4>{title}</h4>
      {events.length === 0 && <p className="quiet">No event is told.</p>}
      <ol className={classes.events} data-side={side}>
        {events.map(({ text, state }, index) => (
          <li key={index} data-event={`${side}-${index}`}>
            <span className={classes.event}>
              <span className="figures">{index + 1}</span> {text}
            </span>
            <Badge tone={EVENT_STATES[state].tone}>
              {EVENT_STATES[state].label} {sayPartners(alignment, side, index)}
            </Badge>
          </li>
        ))}
      </ol>
    </section>
  );
}

function sayPartners(alignment: Alignment, side: ListProps["side"], index: number): string {
  const partners = partnersOf(alignment, side, index);
  return partners.length === 0 ? "" : `with ${partners.join(", ")}`;
}

interface Line {
  from: number;
  to: number;
  state: Alignment["pairs"][number]["state"];
}

/** Where the events stand is known once they are laid out, and changes with the width. */
function useLines(picture: { readonly current: HTMLElement | null }, { pairs }: Alignment): Line[] {
  const [lines, setLines] = useState<Line[]>([]);
  useEffect(() => {
    const element = picture.current;
    if (element === null) return;
    const measure = () =>
      setLines(
        pairs.map(({ reference, prediction, state }) => ({
          from: middleOf(element, `reference-${reference}`),
          to: middleOf(element, `prediction-${prediction}`),
          state,
        })),
      );
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [picture, pairs]);
  return lines;
}

function middleOf(picture: HTMLElement, event: string): number {
  const box = picture.querySelector(`[data-event="${event}"]`)?.getBoundingClientRect();
  return box === undefined ? 0 : box.top + box.height / 2 - picture.getBoundingClientRect().top;
}
