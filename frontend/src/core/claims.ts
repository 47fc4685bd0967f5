/** Which movements of a face a sentence claims: the twin of ml/signals/claims.py. */

export type Movement =
  | "blink"
  | "eyes_closed"
  | "eyes_wide"
  | "smile"
  | "jaw_open"
  | "brow_raise"
  | "brow_lower"
  | "head_turn"
  | "head_nod"
  | "head_tilt"
  | "gaze";
export type Direction = "left" | "right" | "up" | "down";

export interface Claim {
  movement: Movement;
  /** Left and right are the subject's own. */
  direction: Direction | null;
  /** The sentence says that the movement is not there. */
  isDenied: boolean;
  /** The words of the sentence that claim it. */
  words: string;
}

const EYES = String.raw`eye(?:s|lids?)?`;
const BROWS = String.raw`(?:eye)?brows?`;
const MOUTH = String.raw`mouth|lips?|jaw`;
const HEAD = String.raw`head|chin`;
const CORNERS = String.raw`(?:corners?|edges?) of (?:the|his|her|their) (?:mouth|lips)`;
const OPEN = String.raw`open(?:s|ed|ing)?|agape|ajar|part(?:s|ed|ing)?(?! of)|gap(?:es?|ed|ing)`;
const DROP = String.raw`drop(?:s|ped|ping)?|fall(?:s|en|ing)?`;
const UPWARDS = String.raw`up(?:wards?)?`;
const CLOSE = String.raw`clos(?:es?|ed|ing)|shut(?:s|ting)?`;
const WIDE = String.raw`wide(?:n|ns|ned|ning|r)?|bulg(?:es?|ed|ing)`;
const RAISE =
  String.raw`rais(?:es?|ed|ing)|lift(?:s|ed|ing)?|ris(?:es?|ing)|rose|arch(?:es|ed|ing)?|` +
  String.raw`(?:go|goes|going|went|shoots?|move[sd]?|moving) up(?:wards?)?`;
const KNIT =
  String.raw`furrow(?:s|ed|ing)?|knit(?:s|ted|ting)?|low(?:er|ers|ered|ering)|frown(?:s|ed|ing)?|` +
  String.raw`(?:draw|draws|drawn|drew|drawing|pull(?:s|ed|ing)?|come|comes|pinch(?:es|ed|ing)?) together|` +
  String.raw`contract(?:s|ed|ing)?|wrinkl(?:es?|ed|ing)|knot(?:s|ted)?|squeez(?:es?|ed|ing)`;
const TURN =
  String.raw`turn(?:s|ed|ing)?|rotat(?:es?|ed|ing)|swivel(?:s|led)?|shak(?:es?|ing)|shook|` +
  String.raw`sway(?:s|ed|ing)?|mov(?:es?|ed|ing)`;
const TILT = String.raw`tilt(?:s|ed|ing)?|cock(?:s|ed|ing)?|lean(?:s|ed|ing)?|inclin(?:es?|ed|ing)`;
const BOW = String.raw`bow(?:s|ed|ing)?|low(?:ers?|ered|ering)|drop(?:s|ped|ping)?|dip(?:s|ped|ping)?`;
const LOOK = String.raw`look(?:s|ed|ing)?|glanc(?:es?|ed|ing)|gaz(?:es?|ed|ing)|peer(?:s|ed|ing)?|star(?:es?|ing)`;
const AWAY = String.raw`left|up(?:wards?)?|down(?:wards?)?|away|aside|sideways|around|right(?! (?:at|into|through))`;
const SHIFT = String.raw`shift(?:s|ed|ing)?|dart(?:s|ed|ing)?|drift(?:s|ed|ing)?|wander(?:s|ed|ing)?|mov(?:es?|ing)`;
const UPRIGHT_WORDS = String.raw`(?:up|down|back|for)(?:wards?)?`;

/** Words between the two halves of a phrase; a comma or a full stop ends it. */
const gap = (words: number) => String.raw`(?:[ -](?:\w|['’])+){0,${words}}?[ -]`;

const near = (one: string, other: string, words = 4) =>
  String.raw`\b(?:${one})\b${gap(words)}(?:${other})\b|\b(?:${other})\b${gap(words)}(?:${one})\b`;

/** `\w` and `\b` know only the letters of English here, and those of any script in Python. */
function compile(text: string, flags = "iu"): RegExp {
  const letter = String.raw`[\p{L}\p{N}_]`;
  const edge = `(?:(?<=${letter})(?!${letter})|(?<!${letter})(?=${letter}))`;
  return new RegExp(
    text.replaceAll(String.raw`\w`, letter).replaceAll(String.raw`\b`, edge),
    flags,
  );
}

/** At one place the first that fits wins. */
const PHRASES: readonly (readonly [Movement, string])[] = [
  ["smile", near(CORNERS, String.raw`${RAISE}|(?:curl|turn)(?:s|ed|ing)? ${UPWARDS}`, 3)],
  ["smile", near("mouth|lips", String.raw`(?:curl|turn|curve?)(?:s|d|ed|ing)? ${UPWARDS}`, 3)],
  [
    "smile",
    String.raw`\b(?:smil(?:es?|ed|ing)|grin(?:s|ned|ning)?|beam(?:s|ed|ing)|smirk(?:s|ed|ing)?)\b`,
  ],
  ["smile", String.raw`\blaugh(?:s|ed|ing|ter)?\b`],
  ["blink", String.raw`\b(?:blink(?:s|ed|ing)?|wink(?:s|ed|ing)?)\b`],
  ["blink", near("flutter(?:s|ed|ing)?", EYES, 3)],
  ["eyes_wide", near(EYES, String.raw`${WIDE}|(?:open(?:s|ed)?|wide) wide`, 4)],
  ["eyes_closed", near(EYES, CLOSE, 3)],
  ["brow_raise", near(BROWS, RAISE, 5)],
  ["brow_lower", near(BROWS, KNIT, 4)],
  ["brow_lower", String.raw`\b(?:frown(?:s|ed|ing)?|scowl(?:s|ed|ing)?)\b`],
  ["jaw_open", near(MOUTH, OPEN, 4)],
  ["jaw_open", near("jaw", DROP, 3)],
  ["jaw_open", String.raw`\b(?:gap(?:es|ing)|yawn(?:s|ed|ing)?)\b`],
  ["head_nod", String.raw`\bnod(?:s|ded|ding)?\b`],
  [
    "head_nod",
    String.raw`\b(?:${TILT}|${TURN})\b${gap(2)}(?:${HEAD})\b${gap(1)}(?:${UPRIGHT_WORDS})\b`,
  ],
  [
    "head_nod",
    String.raw`\b(?:${HEAD})\b${gap(2)}(?:${TILT}|${TURN})\b${gap(1)}(?:${UPRIGHT_WORDS})\b`,
  ],
  ["head_nod", near(HEAD, String.raw`${BOW}|rais(?:es?|ed|ing)|lift(?:s|ed|ing)?`, 2)],
  ["head_tilt", near(HEAD, TILT, 3)],
  ["head_turn", near(HEAD, TURN, 3)],
  [
    "head_turn",
    String.raw`(?<!eyes )(?<!eyeballs )\b(?:${TURN}) (?:(?:slightly|slowly|quickly) )?(?:to|towards) ` +
      String.raw`(?:the |his |her |their )?(?:left|right|side)\b`,
  ],
  ["gaze", String.raw`\b(?:${LOOK}) (?:\w+ly )?(?:to (?:the|his|her|their) )?(?:${AWAY})\b`],
  ["gaze", near("gaze|eyes|glance", SHIFT, 3)],
];
const COMPILED = PHRASES.map(([movement, text]) => ({ movement, pattern: compile(text, "giu") }));

/** Up to a few words before the claim, within its clause. */
const DENIAL = compile(
  String.raw`\b(?:no|not|never|without|neither|nor|hardly|cannot|no longer|fails? to|\w+n['’]t)\b` +
    String.raw`(?:[ -](?:\w|['’])+){0,3}[ -]$`,
);
const INNER_DENIAL = compile(String.raw`\b(?:not|never|\w+n['’]t)\b`);
const CLAUSE_ENDS = compile(String.raw`[,.;:!?]|\b(?:and(?! down)|but|while|then)\b`);
const DIRECTIONS: readonly (readonly [Direction, RegExp])[] = [
  ["left", compile(String.raw`\bleft\b`)],
  ["right", compile(String.raw`\bright\b(?! (?:after|as|at|away|before|in|now|on|then|when))`)],
  ["up", compile(String.raw`\b(?:up(?! and down)|upwards?|back|rais\w+|lift\w*)\b`)],
  [
    "down",
    compile(String.raw`\b(?:(?<!up and )down|downwards?|forwards?|low\w+|bow\w*|drop\w*|dip\w*)\b`),
  ],
];

interface Match {
  movement: Movement;
  start: number;
  stop: number;
}

/** In the order of the words; no word counts twice. */
export function findClaims(sentence: string): Claim[] {
  const kept: Match[] = [];
  for (const match of matchesIn(sentence)) {
    if (!kept.some(({ start, stop }) => match.start < stop && start < match.stop)) kept.push(match);
  }
  return kept.map((match) => claimOf(sentence, match));
}

function matchesIn(sentence: string): Match[] {
  return COMPILED.flatMap(({ movement, pattern }) =>
    Array.from(sentence.matchAll(pattern), ({ index, 0: { length } }) => ({
      movement,
      start: index,
      stop: index + length,
    })),
  ).sort((one, other) => one.start - other.start);
}

function claimOf(sentence: string, { movement, start, stop }: Match): Claim {
  const words = sentence.slice(start, stop);
  const before = sentence.slice(0, start).split(CLAUSE_ENDS).at(-1) ?? "";
  const after = sentence.slice(stop).split(CLAUSE_ENDS, 1)[0] ?? "";
  return {
    movement,
    direction: directionIn(movement, [words, after, before]),
    isDenied: DENIAL.test(before) || INNER_DENIAL.test(words),
    words,
  };
}

/** Of the words of the claim, then those that follow it, then those before. */
function directionIn(movement: Movement, texts: readonly string[]): Direction | null {
  const allowed = DIRECTIONS.filter(([direction]) => mayGo(movement, direction));
  for (const text of texts) {
    const found = allowed.find(([, pattern]) => pattern.test(text));
    if (found !== undefined) return found[0];
  }
  return null;
}

function mayGo(movement: Movement, direction: Direction): boolean {
  if (movement === "gaze") return true;
  const isUpright = direction === "up" || direction === "down";
  return isUpright === (movement === "head_nod");
}
