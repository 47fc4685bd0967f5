/** Shapes on a 20 by 20 grid, drawn with the colour of the text. */
const SHAPES = {
  play: "M6 4l10 6-10 6z",
  pause: "M5 4h4v12H5zM11 4h4v12h-4z",
  previousFrame: "M14 4v12l-8-6zM4 4h2v12H4z",
  nextFrame: "M6 4v12l8-6zM14 4h2v12h-2z",
  skipBack: "M10 4v12l-7-6zM17 4v12l-7-6z",
  skipForward: "M3 4v12l7-6zM10 4v12l7-6z",
  rangeStart: "M5 3h7v2H7v10h5v2H5zM11 9h5v2h-5z",
  rangeEnd: "M15 3H8v2h5v10H8v2h7zM4 9h5v2H4z",
  loop: "M5 8a3 3 0 0 1 3-3h5V2l4 4-4 4V7H8a1 1 0 0 0-1 1v1H5zM15 12a3 3 0 0 1-3 3H7v3l-4-4 4-4v3h5a1 1 0 0 0 1-1v-1h2z",
  clear: "M5.4 4L10 8.6 14.6 4 16 5.4 11.4 10l4.6 4.6-1.4 1.4L10 11.4 5.4 16 4 14.6 8.6 10 4 5.4z",
  sound: "M3 8h3l5-4v12l-5-4H3zM13 6.5a5 5 0 0 1 0 7v-1.6a3.6 3.6 0 0 0 0-3.8z",
  muted:
    "M3 8h3l5-4v12l-5-4H3zM13 8.4L14.4 7 16 8.6 17.6 7 19 8.4 17.4 10 19 11.6 17.6 13 16 11.4 14.4 13 13 11.6 14.6 10z",
  face: "M2 2h5v2H4v3H2zM13 2h5v5h-2V4h-3zM2 13h2v3h3v2H2zM16 13h2v5h-5v-2h3zM10 6a4 4 0 1 1 0 8 4 4 0 0 1 0-8z",
  zoom: "M8.500 2a6.500 6.500 0 0 1 5.200 10.400l4.300 4.300-1.300 1.300-4.300-4.300A6.500 6.500 0 1 1 8.500 2zm0 2a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9zM7.500 6h2v1.500H11v2H9.500V11h-2V9.500H6v-2h1.500z",
  check: "M8 15.4L3 10.4 4.4 9 8 12.6 15.6 5 17 6.4z",
  dash: "M4 9h12v2H4z",
  clock:
    "M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16zm0 2a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM9 6h2v3.6l2.6 1.6-1 1.6L9 10.7z",
  device: "M3 4h14v9H3zM5 6v5h10V6zM2 15h16v2H2z",
  warning: "M10 2l8.5 15h-17zM9 8v4h2V8zM9 13.5v2h2v-2z",
  lock: "M6 9V7a4 4 0 0 1 8 0v2h1v8H5V9zM8 9h4V7a2 2 0 0 0-4 0z",
  plus: "M9 4h2v5h5v2h-5v5H9v-5H4V9h5z",
  up: "M10 5l6 6-1.4 1.4L10 7.8l-4.6 4.6L4 11z",
  down: "M10 15l6-6-1.4-1.4L10 12.2 5.4 7.6 4 9z",
  remove: "M7 2h6v2h4v2H3V4h4zM4.5 7h11l-.8 11H5.3z",
  undo: "M8 4v3h4a5 5 0 0 1 0 10H6v-2h6a3 3 0 0 0 0-6H8v3L3 8z",
  redo: "M12 4v3H8a5 5 0 0 0 0 10h6v-2H8a3 3 0 0 1 0-6h4v3l5-4z",
  question:
    "M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM9 14v2h2v-2zM7 8h2a1 1 0 1 1 1.6.8C9.500 9.600 9 10.200 9 12.500h2c0-1.500.3-1.800 1-2.300A3 3 0 1 0 7 8z",
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="currentColor" aria-hidden="true">
      <path fillRule="evenodd" d={SHAPES[name]} />
    </svg>
  );
}
