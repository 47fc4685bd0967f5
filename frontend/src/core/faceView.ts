export interface FaceViewState {
  readonly areBoxesShown: boolean;
  readonly isZoomed: boolean;
}

/** What a person wants to see of the faces on a video. */
export class FaceView {
  private state: FaceViewState;
  private readonly listeners = new Set<() => void>();

  constructor(areBoxesShown = true) {
    this.state = { areBoxesShown, isZoomed: false };
  }

  current = (): FaceViewState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  toggleBoxes(): void {
    this.change({ areBoxesShown: !this.state.areBoxesShown });
  }

  zoom(isZoomed: boolean): void {
    if (isZoomed !== this.state.isZoomed) this.change({ isZoomed });
  }

  private change(part: Partial<FaceViewState>): void {
    this.state = { ...this.state, ...part };
    for (const notify of this.listeners) notify();
  }
}
