"""
Whether the small model learns on a processor to tell what faces do, from videos to words.

Videos of faces at rest that are made to move (`bench/made`) go the way of all clips: they are
decoded, their faces are followed and measured, `python -m ml train` learns from them, and `python
-m ml draft` drafts others, which the offline judge compares with what the model wrote before it
learned, the best fixed caption, and chance. Some of the others show a face that is new to it.

Goes on where it was stopped. A quarter of an hour of one core.

    python -m bench.learning [--stills FOLDER]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2

from bench.comparing import compared, told_by_kind
from bench.made.clips import MadeClip, captions, made_clips
from bench.made.demo import demo_captions
from bench.made.folders import MadeFolder
from bench.made.puppets import Puppet
from bench.made.responses import responses, unseen
from bench.made.stills import NoStills, Still, demo_stills, folder_stills
from bench.made.surface import FaceSurface
from bench.untrained import untrained
from ml.evaluation.evaluating import Captions
from ml.faces.config import FacesConfig
from ml.faces.loading import load_faces
from ml.weights import models_folder

RESULTS = Path(__file__).parent / "results" / "learning.json"
WORK = Path("var/bench/learning")
LEARNED, HELD_OUT = 160, 40
RECIPE = {
    "name": "made faces",
    "preset": "mini",
    "seed": 1,
    "train": {"epochs": 3, "batch": 4, "micro_batch": 4, "learning_rate": 1e-3},
    "save": {"every_steps": 30},
}
EXAMPLES = 5


@dataclass(frozen=True)
class Cast:
    """Those that clips to learn from show, and those of a person whom none of them shows."""

    known: list[Puppet]
    new: list[Puppet]

    @classmethod
    def of(cls, stills: list[Still]) -> Cast:
        surface = FaceSurface.load(models_folder())
        puppets = [Puppet(surface, still) for still in stills]
        last = stills[-1].person
        return cls(
            [puppet for puppet in puppets if puppet.still.person != last],
            [puppet for puppet in puppets if puppet.still.person == last],
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--stills", type=Path, help="pictures of faces at rest, one a person")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    folder = MadeFolder(arguments.work)
    networks = load_faces(FacesConfig(models_folder(), threads=1))
    try:
        if arguments.stills:
            cast = Cast.of(folder_stills(arguments.stills, networks))
        else:
            cast = Cast.of(demo_stills(folder.videos, networks))
    except NoStills as refusal:
        raise SystemExit(str(refusal)) from None
    risen = responses([*cast.known, *cast.new], networks)
    if missed := unseen(risen):
        raise SystemExit(f"The landmark network hardly sees {', '.join(missed)} on these faces.")
    content = {
        "recipe": RECIPE,
        "faces": [len(cast.known), len(cast.new)],
        "responses": risen,
        **_measure(folder, cast),
    }
    RESULTS.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(content, indent=1))


def _measure(folder: MadeFolder, cast: Cast) -> dict[str, object]:
    learned = made_clips(LEARNED, 1, len(cast.known))
    sets = {
        "faces that it learned from": (made_clips(HELD_OUT, 2, len(cast.known)), cast.known),
        "a new face": (made_clips(HELD_OUT, 3, len(cast.new)), cast.new),
    }
    for clips, puppets in ((learned, cast.known), *sets.values()):
        folder.make(clips, puppets)
    demo = demo_captions({puppet.still.person for puppet in cast.known})
    _train(folder, captions(learned) | demo)
    unseen_demo = demo_captions({puppet.still.person for puppet in cast.new})
    files = [*unseen_demo, *(clip.file for clips, _ in sets.values() for clip in clips)]
    listed = folder.write_list(files, "held-out.jsonl")
    before = untrained("mini", listed, folder.records)
    trained = _drafts(folder, listed, folder.root / "run" / "result")
    return {
        "clips": {"made": LEARNED, "demo": len(demo)},
        **{name: _scored(clips, trained, before) for name, (clips, _) in sets.items()},
        "demo clips of the new face": [
            {"by hand": told, "trained": trained[file], "untrained": before[file]}
            for file, told in unseen_demo.items()
        ],
    }


def _train(folder: MadeFolder, told: Mapping[str, str]) -> None:
    recipe, manifest, out = (folder.root / name for name in ("recipe.json", "train.jsonl", "run"))
    recipe.write_text(json.dumps(RECIPE), encoding="utf-8")
    folder.write_manifest(told, manifest)
    options = {
        "recipe": recipe,
        "train": manifest,
        "out": out,
        "features": folder.root / "features",
    }
    _ml(
        "train",
        "--resume",
        *(part for name, path in options.items() for part in (f"--{name}", str(path))),
    )
    if json.loads((out / "exit.json").read_bytes())["status"] != "done":
        raise SystemExit("The training was stopped. Start again to go on.")


def _drafts(folder: MadeFolder, listed: Path, adapter: Path) -> dict[str, str]:
    """By file; nothing where the model came to no caption."""
    out = folder.root / "drafts.jsonl"
    _ml(
        *("draft", str(listed), "--model", "mini", "--adapter", str(adapter)),
        *("--records", str(folder.records), "--out", str(out)),
    )
    lines = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    return {line["video"]: line.get("text", "") for line in lines}


def _scored(clips: Sequence[MadeClip], trained: Captions, before: Captions) -> dict[str, object]:
    told = captions(clips)
    after, earlier = ({file: texts[file] for file in told} for texts in (trained, before))
    return {
        **compared(after, earlier, told),
        "told_by_kind": told_by_kind(clips, after),
        "examples": [
            {"reference": told[file], "trained": after[file], "untrained": earlier[file]}
            for file in list(told)[:EXAMPLES]
        ],
    }


def _ml(*arguments: str) -> None:
    command = [sys.executable, "-m", "ml", *arguments]
    subprocess.run(command, check=True)  # noqa: S603 -- our own arguments


if __name__ == "__main__":
    main()
