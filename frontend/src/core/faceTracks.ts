/** Left, top, right, bottom in tenths of a pixel of the shown picture. */
export type FaceBox = readonly [left: number, top: number, right: number, bottom: number];

/** One face through a clip, as the server keeps it: columns with one entry for each sighting. */
export interface TrackColumns {
  number: number;
  is_main: boolean;
  /** Places in the record's `frames`. */
  at: readonly number[];
  boxes: readonly (readonly number[])[];
  /** Half-open ranges of the columns, each within one shot. */
  tracklets: readonly (readonly number[])[];
  /** Share of the picture. */
  mean_area: number;
}

export interface TracksRecord {
  width: number;
  height: number;
  /** The clip's own frames that were looked at, ascending. */
  frames: readonly number[];
  cuts: readonly number[];
  tracks: readonly TrackColumns[];
  /** How the main faces were found, for people. */
  selection: { explanation: string };
  /** The server sees faces with other networks by now. */
  is_outdated: boolean;
}

export interface ShownFace {
  number: number;
  isMain: boolean;
  box: FaceBox;
  /** Nobody saw the face here: it lies between two sightings that are further apart. */
  isGuessed: boolean;
}

/** The last place in an ascending list whose value is not above `value`; -1 when all are. */
function lastUpTo(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function asBox([left = 0, top = 0, right = 0, bottom = 0]: readonly number[] = []): FaceBox {
  return [left, top, right, bottom];
}

function between(from: FaceBox, to: FaceBox, share: number): FaceBox {
  const at = (place: 0 | 1 | 2 | 3) => from[place] + (to[place] - from[place]) * share;
  return [at(0), at(1), at(2), at(3)];
}

/** Whether a sighting and the next one are of one tracklet, with no cut between them. */
function isTogether({ tracklets }: TrackColumns, place: number): boolean {
  return tracklets.some(([start = 0, stop = 0]) => start <= place && place + 1 < stop);
}

/** Whether the face was looked for in vain between a sighting and the next one. */
function isMissedAfter({ at }: TrackColumns, place: number): boolean {
  return (at[place + 1] ?? 0) - (at[place] ?? 0) > 1;
}

/** Where each face is on any frame of the clip, also on those that were not looked at. */
export class FaceTracks {
  readonly record: TracksRecord;
  private readonly seen: ReadonlyMap<number, readonly number[]>;

  constructor(record: TracksRecord) {
    this.record = record;
    this.seen = new Map(
      record.tracks.map(({ number, at }) => [number, at.map((place) => this.frameOf(place))]),
    );
  }

  get main(): readonly TrackColumns[] {
    return this.record.tracks.filter(({ is_main }) => is_main);
  }

  facesAt(frame: number): ShownFace[] {
    return this.record.tracks.flatMap((track) => {
      const found = this.faceAt(track, frame);
      return found === null ? [] : [found];
    });
  }

  faceAt(track: TrackColumns, frame: number): ShownFace | null {
    const seen = this.seen.get(track.number) ?? [];
    const last = lastUpTo(seen, frame);
    const [from, to] = [seen[last], seen[last + 1]];
    if (from === undefined) return null;
    const face = { number: track.number, isMain: track.is_main };
    const box = asBox(track.boxes[last]);
    if (to !== undefined && isTogether(track, last)) {
      const share = (frame - from) / (to - from);
      const isGuessed = share > 0 && isMissedAfter(track, last);
      return { ...face, box: between(box, asBox(track.boxes[last + 1]), share), isGuessed };
    }
    const isStillSeen = frame < this.lookedAtNext(track.at[last] ?? 0);
    return isStillSeen ? { ...face, box, isGuessed: false } : null;
  }

  /** The half-open ranges of frames in which a face is followed, for the timeline. */
  rangesOf(track: TrackColumns): [first: number, end: number][] {
    return track.tracklets.map(([start = 0, stop = 0]) => [
      this.frameOf(track.at[start] ?? 0),
      this.lookedAtNext(track.at[stop - 1] ?? 0),
    ]);
  }

  private frameOf(place: number): number {
    return this.record.frames[place] ?? 0;
  }

  /** Until the next frame that was looked at, or the next shot, what was seen still holds. */
  private lookedAtNext(place: number): number {
    const { frames, cuts } = this.record;
    const cut = cuts.find((first) => first > this.frameOf(place)) ?? Infinity;
    return Math.min(frames[place + 1] ?? Infinity, cut);
  }
}
