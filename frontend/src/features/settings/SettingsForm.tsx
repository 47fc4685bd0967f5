import { Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { errorOfField } from "@/api/fieldErrors";
import { isProblem } from "@/api/problem";
import { changeProject, type Project, type ProjectChanges, projectQuery } from "@/api/projects";
import { meQuery } from "@/api/session";
import { SETTING_GROUPS } from "./settingFields";
import { SettingInput } from "./SettingInput";
import classes from "./SettingsPage.module.css";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Notice } from "@/ui/Notice";
import { SaveBar } from "@/ui/SaveBar";

const NO_EDITS: ProjectChanges = {};

/** Holds only what the person changed, so that another lead's change shows through the rest. */
export function SettingsForm({ project }: { project: Project }) {
  const queryClient = useQueryClient();
  const [edits, setEdits] = useState<ProjectChanges>(NO_EDITS);
  const save = useMutation({
    mutationFn: () => changeProject(project, edits),
    onSuccess: (saved) => {
      queryClient.setQueryData(projectQuery(project.id).queryKey, saved);
      setEdits(NO_EDITS);
      return queryClient.invalidateQueries(meQuery);
    },
    // After a conflict the other lead's values are shown, after any other refusal nothing moves.
    onError: () => queryClient.invalidateQueries(projectQuery(project.id)),
  });
  const isConflict = isProblem(save.error, "revision_conflict");
  const shown = { ...project, ...edits, settings: { ...project.settings, ...edits.settings } };
  const hasEdits = Object.keys(edits).length > 0;
  return (
    <form
      aria-label="Settings"
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Card title="Project">
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          maxLength={120}
          value={shown.name}
          error={errorOfField(save.error, "name")}
          onChange={({ currentTarget: { value } }) => setEdits({ ...edits, name: value })}
        />
        <Textarea
          label="Description"
          rows={2}
          resize="vertical"
          maxLength={4000}
          value={shown.description}
          error={errorOfField(save.error, "description")}
          onChange={({ currentTarget: { value } }) => setEdits({ ...edits, description: value })}
        />
      </Card>
      {SETTING_GROUPS.map((group) => (
        <Card key={group.title} title={group.title}>
          <div className={classes.fields}>
            {group.fields.map((field) => (
              <SettingInput
                key={field.name}
                field={field}
                settings={shown.settings}
                error={errorOfField(save.error, field.name)}
                onChange={(change) =>
                  setEdits({ ...edits, settings: { ...edits.settings, ...change } })
                }
              />
            ))}
          </div>
        </Card>
      ))}
      {isConflict && (
        <Notice tone="warning" title="Somebody else changed the settings meanwhile.">
          Their values are shown now where you changed nothing. Look at yours, then save again.
        </Notice>
      )}
      {!isConflict && <ErrorNotice error={save.error} />}
      <SaveBar
        hasEdits={hasEdits}
        isSaving={save.isPending}
        saved={save.isSuccess ? "Saved." : null}
        onUndo={() => {
          setEdits(NO_EDITS);
          save.reset();
        }}
      />
    </form>
  );
}
