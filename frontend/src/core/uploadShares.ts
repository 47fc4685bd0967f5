/**
 * How much of each file has left, told from the bytes of the one request that carries them all:
 * a form sends its files in order. The form's own lines between them are too few to matter.
 */
export function sentOfEach(sizes: readonly number[], sentBytes: number): number[] {
  let before = 0;
  return sizes.map((size) => {
    const sent = Math.min(size, Math.max(0, sentBytes - before));
    before += size;
    return sent;
  });
}
