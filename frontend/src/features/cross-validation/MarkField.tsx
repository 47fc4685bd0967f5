import { Group, Radio, TextInput } from "@mantine/core";

import type { Mark, SentenceMark } from "@/api/crossValidations";

interface Props {
  /** The sentence that is marked, read out as the name of the choice. */
  text: string;
  mark: SentenceMark | undefined;
  isReadOnly: boolean;
  /** Marked major, and still as it was. */
  isUnchanged: boolean;
  onMark: (mark: Mark) => void;
  onNote: (note: string) => void;
}

const MARKS: readonly Mark[] = ["ok", "minor", "major"];

/** How good a sentence of the first result is, and a few words on why. */
export function MarkField(props: Props) {
  const { text, mark, isReadOnly, isUnchanged, onMark, onNote } = props;
  return (
    <>
      <Radio.Group
        aria-label={`Mark: ${text}`}
        value={mark?.mark ?? null}
        onChange={(value) => {
          const chosen = MARKS.find((each) => each === value);
          if (chosen !== undefined) onMark(chosen);
        }}
      >
        <Group gap="xl">
          {MARKS.map((each, index) => (
            <Radio
              key={each}
              size="xs"
              value={each}
              disabled={isReadOnly}
              label={`${index + 1} ${each}`}
            />
          ))}
        </Group>
      </Radio.Group>
      {mark !== undefined && mark.mark !== "ok" && (
        <TextInput
          size="xs"
          w="100%"
          aria-label={`Note: ${text}`}
          placeholder="What is wrong"
          maxLength={2000}
          readOnly={isReadOnly}
          defaultValue={mark.note}
          onBlur={(event) => onNote(event.currentTarget.value.trim())}
        />
      )}
      {isUnchanged && <strong>Change this sentence (E), or dispute the result.</strong>}
    </>
  );
}
