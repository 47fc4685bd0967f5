import { Fragment } from "react";

import { type Command, isMacPlatform } from "@/core/commands";
import { namesOf } from "@/core/keymap";
import { Dialog } from "@/ui/Dialog";
import classes from "@/ui/work/ShortcutSheet.module.css";

interface Props {
  commands: readonly Command[];
  isOpen: boolean;
  onClose: () => void;
}

function Chords({ chords }: { chords: readonly string[] }) {
  if (chords.length === 0) return <span aria-label="none">–</span>;
  return chords.map((chord, index) => (
    <Fragment key={chord}>
      {index > 0 && <span className="quiet"> or </span>}
      <span className={classes.chord}>
        {namesOf(chord, isMacPlatform()).map((name) => (
          <kbd key={name}>{name}</kbd>
        ))}
      </span>
    </Fragment>
  ));
}

/** Every command of the page with its keys, drawn from the same map that runs them. */
export function ShortcutSheet({ commands, isOpen, onClose }: Props) {
  const groups = [...new Set(commands.map(({ keys }) => keys.group))];
  return (
    <Dialog title="Keyboard shortcuts" isOpen={isOpen} onClose={onClose} size="xl">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Action</th>
            <th scope="col">Outside a text</th>
            <th scope="col">While typing</th>
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group}>
            <tr>
              <th scope="rowgroup" colSpan={3} className={classes.group}>
                {group}
              </th>
            </tr>
            {commands
              .filter(({ keys }) => keys.group === group)
              .map(({ id, keys }) => (
                <tr key={id}>
                  <th scope="row">{keys.label}</th>
                  <td>
                    <Chords chords={keys.player} />
                  </td>
                  <td>
                    <Chords chords={keys.typing} />
                  </td>
                </tr>
              ))}
          </tbody>
        ))}
      </table>
    </Dialog>
  );
}
