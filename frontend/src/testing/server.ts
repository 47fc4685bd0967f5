import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";

const NO_TRACKS = {
  title: "Not found",
  status: 404,
  detail: "Nobody has asked for the tracks of this clip yet.",
  code: "no_tracks",
  errors: [],
};

/** The made-up backend of component tests; each test adds the answers it needs. */
export const server = setupServer(
  // Every page with a video asks for the faces in it; few tests are about them.
  http.get("/api/v1/clips/:clip/tracks", () => HttpResponse.json(NO_TRACKS, { status: 404 })),
);
