import { Button } from "@mantine/core";

import type { Estimate } from "@/api/drafts";
import { countOf } from "@/core/counting";
import { sayMoney } from "@/core/money";
import classes from "./models.module.css";
import { Notice } from "@/ui/Notice";

interface Props {
  estimate: Estimate;
  isBusy: boolean;
  onStart: () => void;
}

/** What would be drafted, and at which cost, before anything is. */
export function EstimateFacts({ estimate, isBusy, onStart }: Props) {
  const { drafted, hindered, to_draft: toDraft } = estimate;
  const isTooDear = Number(estimate.cost) > Number(estimate.budget_left);
  return (
    <section className={classes.estimate} aria-label="Estimate">
      <div className={classes.shares} aria-hidden="true">
        <span data-part="to-draft" style={{ flexGrow: toDraft }} />
        <span data-part="drafted" style={{ flexGrow: drafted }} />
        <span data-part="hindered" style={{ flexGrow: hindered }} />
      </div>
      <ul className={classes.legend}>
        <li data-part="to-draft">
          <strong>{toDraft}</strong> would be drafted
        </li>
        <li data-part="drafted">
          <strong>{drafted}</strong> have this draft
        </li>
        <li data-part="hindered">
          <strong>{hindered}</strong> cannot be drafted by it now
        </li>
      </ul>
      <p>{sayCost(estimate)}</p>
      {isTooDear && (
        <Notice tone="warning" title="The budget does not reach.">
          Drafts are written until it is spent; the rest fail with that reason.
        </Notice>
      )}
      <Button loading={isBusy} disabled={toDraft === 0} onClick={onStart}>
        Ask for {countOf(toDraft, "draft")}
      </Button>
    </section>
  );
}

function sayCost({ cost, is_measured: isMeasured, budget_left: left }: Estimate): string {
  if (Number(cost) === 0) return "Costs nothing.";
  const source = isMeasured
    ? "by what this model's drafts cost so far"
    : "guessed from the size of a request";
  return `Costs about ${sayMoney(cost)}, ${source}. The budget has ${sayMoney(left)} left.`;
}
