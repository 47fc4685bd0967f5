import { Button, NativeSelect, NumberInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { modelVersionsQuery } from "@/api/modelVersions";
import { candidatesQuery, writeTemplates } from "@/api/templates";
import { useStartedJob } from "@/api/useStartedJob";
import classes from "./templates.module.css";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { JobProgress } from "@/ui/JobProgress";

/** A hosted model of the project writes candidates; its budget pays. */
export function WriteTemplates({ projectId }: { projectId: number }) {
  const models = useQuery(modelVersionsQuery(projectId));
  const hosted = (models.data ?? []).filter(({ kind }) => kind === "openai");
  const [chosen, setChosen] = useState("");
  const [count, setCount] = useState(100);
  const model = chosen === "" ? (hosted[0]?.uid ?? "") : chosen;
  const writing = useStartedJob(
    () => writeTemplates(projectId, model, count),
    [candidatesQuery(projectId).queryKey],
  );
  return (
    <Card title="Have templates written">
      <ErrorNotice error={models.error ?? writing.error} />
      {models.data !== undefined && hosted.length === 0 ? (
        <p className="quiet">
          Register a hosted model on the page Models first. It writes what you then choose from.
        </p>
      ) : (
        <form
          aria-label="Have templates written"
          className={classes.fields}
          onSubmit={(event) => {
            event.preventDefault();
            writing.start();
          }}
        >
          <NativeSelect
            label="Model"
            data={hosted.map(({ uid, name }) => ({ value: uid, label: name }))}
            value={model}
            onChange={({ currentTarget: { value } }) => setChosen(value)}
          />
          <NumberInput
            label="How many"
            allowDecimal={false}
            min={1}
            max={200}
            value={count}
            onChange={(value) => value !== "" && setCount(Number(value))}
          />
          <Button type="submit" variant="default" loading={writing.isBusy} disabled={model === ""}>
            Ask for them
          </Button>
        </form>
      )}
      {writing.job !== null && <JobProgress label="Writing templates" job={writing.job} />}
    </Card>
  );
}
