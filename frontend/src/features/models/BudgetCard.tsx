import { useQuery } from "@tanstack/react-query";

import { type Spending, spendingQuery } from "@/api/drafts";
import { useHasRole } from "@/api/roles";
import { sayMoney } from "@/core/money";
import { BudgetForm } from "./BudgetForm";
import classes from "./models.module.css";
import { SpentByDay } from "./SpentByDay";
import { spentDays } from "./spentDays";
import { Card } from "@/ui/Card";
import { type Column, DataTable } from "@/ui/DataTable";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";

type Row = Spending["by_model"][number];

const COUNT = new Intl.NumberFormat("en");

const COLUMNS: readonly Column<Row>[] = [
  { key: "name", header: "Model", cell: ({ name }) => name },
  { key: "calls", header: "Calls", numeric: true, cell: ({ calls }) => COUNT.format(calls) },
  { key: "unanswered", header: "Without answer", numeric: true, cell: (row) => row.unanswered },
  {
    key: "read",
    header: "Tokens read",
    numeric: true,
    cell: (row) => COUNT.format(row.input_tokens),
  },
  {
    key: "written",
    header: "Tokens written",
    numeric: true,
    cell: (row) => COUNT.format(row.output_tokens),
  },
  { key: "price", header: "Spent", numeric: true, cell: ({ price }) => sayMoney(price) },
];

/** What hosted models cost, against what they may. */
export function BudgetCard({ projectId }: { projectId: number }) {
  const isLead = useHasRole(projectId, "lead");
  const spending = useQuery(spendingQuery(projectId));
  return (
    <Card title="Budget and spending">
      <ErrorNotice error={spending.error} />
      {spending.isPending && <Loading label="Loading the spending" />}
      {spending.data !== undefined && (
        <>
          <BudgetBar spending={spending.data} />
          {isLead && (
            <BudgetForm
              key={spending.data.revision}
              projectId={projectId}
              spending={spending.data}
            />
          )}
          <h3>The last 30 days</h3>
          <SpentByDay days={spentDays(spending.data.by_day, new Date())} />
          <h3>By model</h3>
          <DataTable
            caption="Spent by model"
            columns={COLUMNS}
            rows={spending.data.by_model}
            rowKey={({ version }) => version}
            empty={<p className="quiet">No hosted model was asked yet.</p>}
          />
        </>
      )}
    </Card>
  );
}

function BudgetBar({ spending }: { spending: Spending }) {
  const all = {
    limit: Number(spending.limit),
    spent: Number(spending.spent),
    reserved: Number(spending.reserved),
  };
  const left = Math.max(0, all.limit - all.spent - all.reserved);
  const total = all.spent + all.reserved + left;
  const grow = (amount: number) => ({ flexGrow: total === 0 ? 0 : amount / total });
  return (
    <div className={classes.estimate}>
      <div className={classes.shares} aria-hidden="true">
        <span data-part="spent" style={grow(all.spent)} />
        <span data-part="reserved" style={grow(all.reserved)} />
        <span data-part="left" style={grow(left)} />
      </div>
      <ul className={classes.legend}>
        <li data-part="spent">
          <strong>{sayMoney(all.spent)}</strong> spent of {sayMoney(all.limit)}
        </li>
        <li data-part="reserved">
          <strong>{sayMoney(all.reserved)}</strong> held for calls under way
        </li>
        <li data-part="left">
          <strong>{sayMoney(left)}</strong> left
        </li>
      </ul>
      {left === 0 && (
        <p>Hosted models are not asked until a lead raises the budget of this project.</p>
      )}
    </div>
  );
}
