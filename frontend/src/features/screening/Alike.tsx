import type { ScreenedClip } from "@/api/screening";
import classes from "./screening.module.css";

interface Props {
  clip: ScreenedClip;
  /** The clips that are loaded; others of a group are not told apart here. */
  clips: readonly ScreenedClip[];
  onSelect: (clipId: number) => void;
}

/** The clips of the list that show nearly the same, or the same person. */
export function Alike({ clip, clips, onSelect }: Props) {
  const others = clips.filter(({ id }) => id !== clip.id);
  const inGroup = (name: "duplicate_group" | "person_group") =>
    clip[name] === "" ? null : others.filter((other) => other[name] === clip[name]);
  return (
    <>
      <Group
        title="Nearly the same picture"
        clips={inGroup("duplicate_group")}
        onSelect={onSelect}
      />
      <Group title="The same person" clips={inGroup("person_group")} onSelect={onSelect} />
    </>
  );
}

interface GroupProps {
  title: string;
  clips: readonly ScreenedClip[] | null;
  onSelect: (clipId: number) => void;
}

function Group({ title, clips, onSelect }: GroupProps) {
  if (clips === null) return null;
  return (
    <div>
      <strong>{title}:</strong>{" "}
      {clips.length === 0 && <span className="quiet">in clips outside of this list.</span>}
      <ul className={classes.alike} aria-label={title}>
        {clips.map(({ id, name }) => (
          <li key={id}>
            <button type="button" className={classes.name} onClick={() => onSelect(id)}>
              {name}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
