import { cleanup, fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { act } from "react";
import { afterEach, expect, test } from "vitest";

import { FaceTracks } from "@/core/faceTracks";
import { FrameTable } from "@/core/frameTable";
import { renderPart } from "@/testing/render";

import { Player } from "./Player";
import { VideoDriver } from "./videoDriver";

const RECORD = {
  width: 640,
  height: 360,
  frames: [0, 1, 2],
  cuts: [],
  tracks: [
    {
      number: 1,
      is_main: true,
      at: [0, 1, 2],
      boxes: [0, 1, 2].map((at) => [100 * at, 100, 100 * at + 600, 600]),
      tracklets: [[0, 3]],
      mean_area: 0.2,
    },
  ],
  selection: { explanation: "One face." },
  is_outdated: false,
};
const FACES = new FaceTracks(RECORD);

type Callback = (now: number, presented: { mediaTime: number }) => void;

/** The callback that waits for the next frame, in a browser that names frames. */
let waiting: Callback | null = null;

function nameFrames() {
  Object.assign(HTMLVideoElement.prototype, {
    requestVideoFrameCallback: (callback: Callback) => {
      waiting = callback;
    },
  });
}

afterEach(() => {
  Reflect.deleteProperty(HTMLVideoElement.prototype, "requestVideoFrameCallback");
});

function open(faces = FACES) {
  const driver = new VideoDriver(new FrameTable([0, 1, 2], 3));
  renderPart(
    <Player
      driver={driver}
      mediaUrl="/clip.mp4"
      posterUrl="/poster.jpg"
      frameUrlTemplate="/frames/{i}.jpg"
      width={640}
      height={360}
      isSoundAllowed={false}
      faces={faces}
    />,
  );
  const video = document.querySelector("video");
  if (video === null) throw new Error("There is no video.");
  return { driver, video, person: userEvent.setup() };
}

const boxAt = () => document.querySelector("g[data-face] rect")?.getAttribute("x");
const pictureOf = (frame: number) => screen.queryByRole("img", { name: `Frame ${frame}` });

test("the boxes lie on the frame that the browser shows, not on the one that was asked for", async () => {
  nameFrames();
  const { person } = open();
  await person.click(screen.getByRole("button", { name: "Next frame" }));
  expect(boxAt()).toBe("0");
  act(() => waiting?.(0, { mediaTime: 1 }));
  expect(boxAt()).toBe("100");
  expect(screen.getByText(/^frame 1 \/ 3/)).toBeVisible();
  expect(screen.queryByRole("img", { name: /^Frame/ })).not.toBeInTheDocument();
});

test("a browser that names no frames gets the server's picture of the one that was asked for", async () => {
  const { person } = open();
  await person.click(screen.getByRole("button", { name: "Next frame" }));
  expect(pictureOf(1)).toHaveAttribute("src", "/frames/1.jpg");
  expect(boxAt()).toBe("100");
  expect(screen.getByText("exact frames from server")).toBeVisible();
});

test("a video that cannot be decoded is stepped through in the server's pictures", async () => {
  nameFrames();
  const { person, video } = open();
  expect(pictureOf(0)).not.toBeInTheDocument();
  // Its seeks never end.
  Object.defineProperty(video, "currentTime", { set: () => undefined });
  const next = screen.getByRole("button", { name: "Next frame" });
  await person.click(next);
  fireEvent.error(video);
  expect(pictureOf(1)).toBeVisible();
  await person.click(next);
  expect(pictureOf(2)).toBeVisible();
  expect(boxAt()).toBe("200");
});

test("a clip without a face has nothing to frame and to zoom to", () => {
  open();
  expect(screen.getByRole("button", { name: "Zoom to the main face" })).toBeVisible();
  cleanup();
  open(new FaceTracks({ ...RECORD, tracks: [] }));
  expect(screen.queryByRole("button", { name: "Zoom to the main face" })).not.toBeInTheDocument();
});
