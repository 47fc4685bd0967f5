"""The command from end to end, by the offline judge and by a scripted one behind a server."""

from __future__ import annotations

import json
import math

import pytest

from ml.__main__ import main
from ml.evaluation import judges
from ml.evaluation.evaluating import digest_of
from ml.metrics.offline_judge import OfflineJudge
from tests.hosted_model import KEY, refusing, saying, serving
from tests.ml.metrics.scripted_judge import Judging

REFERENCES = {
    "1": "He blinks. He frowns. He smiles.",
    "2": "She nods. She opens her mouth.",
    "3": "Her brows rise. Her eyes widen. She looks away. She closes her eyes.",
    "4": "He shakes his head. He looks down.",
}
REVERSED = {
    clip: ". ".join(reversed(text.rstrip(".").split(". "))) + "."
    for clip, text in REFERENCES.items()
}


@pytest.fixture
def server():
    with serving() as server:
        server.then(Judging())
        yield server


@pytest.fixture
def evaluate(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(judges, "_offline", OfflineJudge.without_network)
    monkeypatch.setenv("JUDGE_API_KEY", KEY)

    def run(predictions, *flags, references=REFERENCES):
        files = {"predictions": predictions, "references": references}
        for name, captions in files.items():
            (tmp_path / f"{name}.json").write_text(json.dumps(captions))
        paths = [word for name in files for word in (f"--{name}", str(tmp_path / f"{name}.json"))]
        out = tmp_path / "out.json"
        code = main(["evaluate", *paths, "--json", str(out), *flags])
        said = capsys.readouterr().out
        answer = json.loads(said.splitlines()[-1])
        assert KEY not in said
        assert code == ("error" in answer)
        return answer, json.loads(out.read_text()) if out.exists() else {}, said

    return run


@pytest.fixture
def hosted(evaluate, server, tmp_path):
    def run(predictions, *flags, **fields):
        judge = ["--judge", server.url, "--judge-model", "scripted-1"]
        return evaluate(
            predictions, *judge, "--answers", str(tmp_path / "answers"), *flags, **fields
        )

    return run


def scores(result, row=0):
    return {name: score["value"] for name, score in result["rows"][row]["scores"].items()}


def test_the_references_themselves_are_perfect(evaluate):
    answer, result, table = evaluate(REFERENCES)
    assert scores(result) == pytest.approx({"cider": 10, "rouge_l": 1, "autodq": 1, "tem": 1})
    assert answer["clips"] == result["clips"] == 4
    assert answer["judge"].startswith("offline (")
    assert "words alone" in table
    assert result["set"] == digest_of(REFERENCES)


def test_chance_stands_beside_every_row_and_below_it(evaluate):
    _, result, table = evaluate(REFERENCES)
    names = [row["name"] for row in result["rows"][1:]]
    assert [name.split(":")[0] for name in names] == [
        "chance",
        "chance",
        "the reference's own first 60 %",
    ]
    assert all(name in table for name in names)
    assert all(scores(result, row)["autodq"] < 1 for row in (1, 2, 3))
    assert "published, 1,000 clips" in table
    over = next(each for each in result["differences"] if each["metric"] == "rouge_l")
    assert over["value"] > 0
    assert (over["wins"], over["losses"], over["p"]) == (4, 0, 0.125)


def test_a_hosted_judge_gives_the_exact_table(hosted):
    _, result, _ = hosted(REVERSED, "--metrics", "autodq,tem,correctness,temporal")
    row = result["rows"][0]
    assert row["scores"]["autodq"]["value"] == 1
    lcs = (1 / 3 + 1 / 2 + 1 / 4 + 1 / 2) / 4
    assert row["scores"]["tem"]["parts"] == pytest.approx({"lcs": lcs, "f1": 1})
    assert row["scores"]["tem"]["value"] == pytest.approx((lcs + 1) / 2)
    assert row["scores"]["temporal"]["value"] == 2
    assert row["by_clip"]["3"]["tem"] == {"lcs": 0.25, "f1": 1.0}
    assert result["judge"] == "scripted-1 (judge-prompts-1)"
    assert result["versions"]["tem"] == "tem-1"


def test_questions_are_few_and_none_is_paid_twice(hosted, server):
    answer, first, _ = hosted(REVERSED)
    assert answer["spent"]["calls"] == len(server.requests) == 4 * (1 + 4)
    assert answer["spent"]["usage"]["input_tokens"] == 20_000
    again, second, _ = hosted(REVERSED)
    assert again["spent"]["calls"] == 0
    assert second["rows"] == first["rows"]


def test_a_stopped_run_goes_on_where_it_was(hosted, server):
    server.then(*[Judging()] * 9, refusing(401))
    answer, result, _ = hosted(REVERSED, "--at-once", "1")
    assert answer["error"] == "judge_unusable"
    assert result == {}
    server.then(Judging())
    answer, result, _ = hosted(REVERSED)
    assert answer["spent"]["calls"] == 20 - 9
    assert scores(result)["autodq"] == 1


def test_chance_is_judged_by_a_server_only_when_asked_for(hosted):
    _, result, table = hosted(REVERSED)
    assert [sorted(row["scores"]) for row in result["rows"][1:]] == [["cider", "rouge_l"]] * 3
    assert " -\n" in table
    _, result, _ = hosted(REVERSED, "--judge-chance")
    assert all("tem" in row["scores"] for row in result["rows"])


def test_a_clip_that_was_not_judged_is_counted_and_shown(hosted, server):
    broken = saying("I am not sure.")
    server.then(*[Judging()] * 4, *[broken] * 3, Judging())
    _, result, table = hosted(REVERSED, "--at-once", "1")
    row = result["rows"][0]
    assert list(row["unjudged"]) == ["1"]
    assert row["scores"]["tem"]["clips"] == 3
    assert row["scores"]["cider"]["clips"] == 4
    assert "tem" not in row["by_clip"]["1"]
    assert "1 clips are unjudged" in table


def test_predictions_of_another_form_are_rewritten_for_the_judge_alone(hosted):
    listed = {clip: "- " + text.replace(". ", ".\n- ") for clip, text in REFERENCES.items()}
    _, result, table = hosted(listed, "--rewrite", "--metrics", "rouge_l,tem")
    _, raw, _ = hosted(listed, "--metrics", "rouge_l,tem")
    assert scores(result)["tem"] == 1 > scores(raw)["tem"]
    assert scores(result)["rouge_l"] == scores(raw)["rouge_l"]
    assert result["rows"][0]["rewritten"]["1"] == {
        "raw": listed["1"],
        "converted": REFERENCES["1"],
        "raw_events": 3,
        "converted_events": 3,
        "is_suspicious": False,
    }
    assert result["rows"][1]["rewritten"] == {}
    assert "30 %. Look" not in table


def test_a_rewriting_that_adds_is_flagged(hosted, server):
    more = saying({"text": "He blinks. He sings. He dances. He laughs."})
    server.then(Judging(), more, Judging())
    one = {"1": "He blinks."}
    _, result, table = hosted(one, "--rewrite", "--at-once", "1", references=one)
    assert result["rows"][0]["rewritten"]["1"]["is_suspicious"] is True
    assert "1 rewritten predictions changed by more than 30 %" in table


def test_empty_predictions_count_and_are_said(evaluate):
    _, result, table = evaluate(REFERENCES | {"2": "  "})
    assert result["rows"][0]["by_clip"]["2"] == {
        "cider": {"cider": 0.0},
        "rouge_l": {"rouge_l": 0.0},
        "autodq": {"recall": 0.0, "precision": 1.0},
        "tem": {"lcs": 0.0, "f1": 0.0},
    }
    assert "1 empty predictions are scored as empty" in table


def test_another_models_captions_stand_beside(evaluate, tmp_path):
    other = tmp_path / "other.json"
    other.write_text(json.dumps(REVERSED))
    _, result, _ = evaluate(REFERENCES, "--against", str(other))
    assert [row["name"] for row in result["rows"][:2]] == [
        str(tmp_path / "predictions.json"),
        str(other),
    ]
    found = {each["metric"]: each for each in result["differences"] if each["over"] == str(other)}
    assert found["tem"]["value"] == pytest.approx(scores(result)["tem"] - scores(result, 1)["tem"])
    assert found["autodq"]["ties"] == 4


def test_one_clip_has_no_chance_rows_and_no_width(evaluate):
    _, result, _ = evaluate({"1": "He blinks."}, references={"1": "He blinks."})
    assert len(result["rows"]) == 1
    score = result["rows"][0]["scores"]["rouge_l"]
    assert score["interval"] == {"low": 1, "high": 1}
    assert not any(math.isnan(value) for value in scores(result).values())


def test_a_caption_of_ten_thousand_words_is_scored(evaluate):
    _, result, _ = evaluate(REFERENCES | {"1": "He blinks and smiles. " * 2500})
    assert 0 < result["rows"][0]["by_clip"]["1"]["autodq"]["recall"] <= 1


@pytest.mark.parametrize(
    ("flags", "code", "said"),
    [
        (["--metrics", "bleu"], "invalid_arguments", "takes some of cider"),
        (["--rewrite"], "invalid_arguments", "Only a language model rewrites"),
        (["--metrics", ","], "invalid_arguments", "takes some of cider"),
        (["--metrics", "temporal"], "invalid_arguments", "only a language model"),
        (["--judge", "http://127.0.0.1:9"], "invalid_arguments", "go together"),
        (["--judge-model", "x"], "invalid_arguments", "go together"),
        (["--judge", "x", "--judge-model", "x"], "invalid_arguments", "URL of a server"),
        (
            ["--judge", "http://127.0.0.1:9", "--judge-model", "x", "--at-once", "0"],
            "invalid_arguments",
            "1 to 256",
        ),
        (["--against", "/nowhere.json"], "invalid_captions", "cannot be read"),
    ],
)
def test_wrong_arguments_are_answered_with_a_sentence(evaluate, flags, code, said):
    answer, _, _ = evaluate(REFERENCES, *flags)
    assert answer["error"] == code
    assert said in answer["message"]


def test_missing_clips_are_refused_or_left_out(evaluate):
    some = {clip: REFERENCES[clip] for clip in "12"}
    answer, _, _ = evaluate(some)
    assert answer["error"] == "invalid_captions"
    answer, result, _ = evaluate(some, "--common-only")
    assert answer["clips"] == 2
    assert result["set"] == digest_of(some)
