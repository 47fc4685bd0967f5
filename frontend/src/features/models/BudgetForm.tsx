import { Button, NumberInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { changeBudget, type Spending, spendingQuery } from "@/api/drafts";
import { errorOfField } from "@/api/fieldErrors";
import classes from "./models.module.css";
import { ErrorNotice } from "@/ui/ErrorNotice";

interface Props {
  projectId: number;
  spending: Spending;
}

export function BudgetForm({ projectId, spending }: Props) {
  const queryClient = useQueryClient();
  const [limit, setLimit] = useState(String(Number(spending.limit)));
  const change = useMutation({
    mutationFn: () => changeBudget(projectId, spending.revision, limit),
    onSuccess: (saved) => queryClient.setQueryData(spendingQuery(projectId).queryKey, saved),
  });
  return (
    <form
      aria-label="Budget"
      className={classes.fields}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <NumberInput
        label="Budget of the project"
        description="What hosted models may cost in all, in the currency of their prices."
        min={0}
        decimalScale={6}
        value={limit}
        error={errorOfField(change.error, "limit")}
        onChange={(value) => setLimit(String(value))}
      />
      <Button
        type="submit"
        variant="default"
        loading={change.isPending}
        disabled={limit === "" || Number(limit) === Number(spending.limit)}
      >
        Change the budget
      </Button>
      <ErrorNotice error={change.error} />
    </form>
  );
}
