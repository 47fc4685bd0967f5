import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { FormDialog } from "./FormDialog";

const PROPS = {
  title: "Freeze",
  isOpen: true,
  onClose: () => undefined,
  verb: "Freeze",
  onSubmit: () => undefined,
  isBusy: false,
  children: null,
};

test("a refusal is scrolled to and has the focus that its busy button lost", async () => {
  const show = (error: Error | null) => (
    <MantineProvider>
      <FormDialog {...PROPS} error={error} />
    </MantineProvider>
  );
  const { rerender } = render(show(null));
  const button = await screen.findByRole("button", { name: "Freeze" });
  button.focus();
  button.blur();
  const follow = vi.spyOn(Element.prototype, "scrollIntoView");
  rerender(show(new Error("Nothing is approved.")));
  const refusal = screen.getByRole("alert").parentElement;
  expect(follow.mock.contexts).toEqual([refusal]);
  expect(refusal).toHaveFocus();
});
