import { screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { EXPORT, serveVersion } from "@/testing/datasets";
import { serveChange } from "@/testing/people";
import { openApp } from "@/testing/render";

test("a finished export is downloaded and has a manifest", async () => {
  serveVersion(EXPORT);
  const { person } = openApp("/dataset-versions/v1");
  const link = await screen.findByRole("link", { name: "Download VideoLLaMA2 conversations" });
  expect(link).toHaveAttribute("href", EXPORT.download_url);
  expect(screen.getByText("12 kB")).toBeVisible();
  await person.click(screen.getByRole("button", { name: /^Show the manifest of/ }));
  const dialog = await screen.findByRole("dialog", { name: "Manifest" });
  expect(dialog).toHaveTextContent('"clips": 5');
  expect(dialog).toHaveTextContent("ab12");
});

test("an export of conversations names its templates; a native one needs none", async () => {
  serveVersion();
  const started = serveChange("post", "/api/v1/dataset-versions/v1/exports", EXPORT, 202);
  const { person } = openApp("/dataset-versions/v1");
  await person.click(await screen.findByRole("button", { name: "New export" }));
  const confirm = await screen.findByRole("button", { name: "Export" });
  await expect.poll(() => confirm.hasAttribute("disabled")).toBe(false);
  await person.click(confirm);
  await expect
    .poll(() => started.sent.at(0))
    .toMatchObject({ format: "videollama2", instruction_set: "t1", rendering: "stripped" });
  await person.click(await screen.findByRole("button", { name: "New export" }));
  await person.click(await screen.findByRole("combobox", { name: "Format" }));
  await person.click(await screen.findByRole("option", { name: /^Native JSONL/ }));
  await person.click(screen.getByRole("checkbox", { name: "Test" }));
  await person.click(screen.getByRole("radio", { name: "Links" }));
  await person.click(screen.getByRole("button", { name: "Export" }));
  await expect
    .poll(() => started.sent.at(1))
    .toMatchObject({
      format: "native-jsonl",
      instruction_set: "",
      splits: ["train", "validation"],
      media: "links",
    });
});

test("an export of links says what fetches the videos", async () => {
  serveVersion({ ...EXPORT, media: "links", splits: ["train", "test"] });
  const { person } = openApp("/dataset-versions/v1");
  expect(await screen.findByText("VideoLLaMA2 conversations, with links")).toBeVisible();
  expect(screen.getByText("Without inferences; train, test")).toBeVisible();
  await person.click(screen.getByRole("button", { name: /^Show the manifest of/ }));
  const dialog = await screen.findByRole("dialog", { name: "Manifest" });
  expect(dialog).toHaveTextContent("curl --config media.curl --header @token");
});

test("an export with a clip that was withdrawn since is not offered", async () => {
  serveVersion({ ...EXPORT, ended_since: 2 });
  openApp("/dataset-versions/v1");
  expect(await screen.findByText(/The use of 2 of its clips has ended since/)).toBeVisible();
  expect(screen.queryByRole("link", { name: /^Download/ })).not.toBeInTheDocument();
});

test("a running export shows how far it is and offers no file yet", async () => {
  const running = { done: 2, total: 5, message: "Writing." };
  serveVersion({
    ...EXPORT,
    job: EXPORT.job && { ...EXPORT.job, state: "running", progress: running },
    size_bytes: null,
    download_url: null,
  });
  openApp("/dataset-versions/v1");
  const bar = await screen.findByRole("progressbar", {
    name: "Export as VideoLLaMA2 conversations",
  });
  expect(bar).toHaveAttribute("value", "2");
  expect(screen.queryByRole("link", { name: /^Download/ })).not.toBeInTheDocument();
});
