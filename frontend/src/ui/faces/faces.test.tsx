import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { FaceTracks } from "@/core/faceTracks";
import { FrameTable } from "@/core/frameTable";
import { renderPart } from "@/testing/render";
import { FaceOverlay } from "@/ui/player/FaceOverlay";
import { VideoDriver } from "@/ui/player/videoDriver";

import { FacesPanel } from "./FacesPanel";

const face = (number: number, is_main: boolean, left: number) => ({
  number,
  is_main,
  at: [0, 1],
  boxes: [
    [left, 100, left + 500, 600],
    [left + 100, 100, left + 600, 600],
  ],
  tracklets: [[0, 2]],
  mean_area: is_main ? 0.2 : 0.004,
});

const RECORD = {
  width: 640,
  height: 360,
  frames: [0, 4],
  cuts: [],
  tracks: [face(1, true, 1000), face(2, false, 4000)],
  selection: { explanation: "Face 1 is larger than the other." },
  is_outdated: false,
};
const FACES = new FaceTracks(RECORD);

const MEASURED = {
  frames: [0, 4],
  signals: [
    {
      track: 1,
      at: [0, 1],
      values: { smile: [100, 800], yaw: [-12_000, null] },
      baselines: {},
      events: [{ kind: "smile", start: 2, peak: 5, stop: 7, side: "both" as const }],
    },
  ],
};

function open(canChoose: boolean, faces = FACES) {
  const driver = new VideoDriver(new FrameTable([0, 1, 2, 3, 4, 5, 6, 7], 8));
  const choose = vi.fn();
  const found = {
    faces,
    measured: MEASURED,
    reason: null,
    error: null,
    isChoosing: false,
    choose,
  };
  renderPart(
    <>
      <FaceOverlay driver={driver} faces={faces} />
      <FacesPanel
        found={found}
        clock={driver.clock}
        frameUrlTemplate="/frames/{i}.jpg"
        canChoose={canChoose}
        isOpen
      />
    </>,
  );
  return { driver, choose, user: userEvent.setup() };
}

const boxOf = (number: number) =>
  document.querySelector(`g[data-face="${number}"] rect`)?.getAttribute("x");

test("the boxes follow the frame on screen", () => {
  const { driver } = open(false);
  expect([boxOf(1), boxOf(2)]).toEqual(["1000", "4000"]);
  driver.clock.presented(2);
  expect([boxOf(1), boxOf(2)]).toEqual(["1050", "4050"]);
});

test("a measured event plays, and nothing is played beyond it", async () => {
  const { driver, user } = open(false);
  const events = screen.getByRole("region", { name: "Measured events" });
  await user.click(
    within(events).getByRole("button", { name: "Lip corners up, frames 2–6: play it" }),
  );
  expect(driver.clock.current()).toMatchObject({ isPlaying: true, range: [2, 7] });
});

test("the value of a curve is that of the frame on screen", async () => {
  const { driver, user } = open(false);
  expect(screen.getByRole("checkbox", { name: /Lip corners up\s*10 %/ })).toBeChecked();
  driver.clock.presented(4);
  const turn = await screen.findByRole("checkbox", { name: /Head turn\s*–/ });
  expect(document.querySelectorAll("path[data-signal]")).toHaveLength(2);
  await user.click(turn);
  expect(document.querySelectorAll("path[data-signal]")).toHaveLength(1);
});

test("another face is made the main one, alone or as well", async () => {
  const { choose, user } = open(true);
  await user.click(screen.getByRole("button", { name: "Only main face" }));
  await user.click(screen.getByRole("button", { name: "Main as well" }));
  expect(choose.mock.calls.map(([numbers]) => numbers as unknown)).toEqual([[2], [1, 2]]);
});

test("who may not choose is told why the face was chosen", () => {
  open(false);
  expect(screen.getByText("Face 1 is larger than the other.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Only main face" })).not.toBeInTheDocument();
});

test("tracks of former networks are said to be", () => {
  open(false, new FaceTracks({ ...RECORD, is_outdated: true }));
  expect(screen.getByText(/made with former networks/)).toBeVisible();
});
