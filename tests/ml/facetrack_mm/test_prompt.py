from dataclasses import replace

import pytest

from ml.facetrack_mm.config import FaceTrackConfig, LanguageConfig, PromptConfig
from ml.facetrack_mm.prompt import (
    FACE,
    UNLABELLED,
    VIDEO,
    PromptWriter,
    TextRefused,
    load_tokenizer,
)
from ml.facetrack_mm.tensors import CheckpointRefused
from tests.ml.facetrack_mm.spelling import spelling

CONFIG = FaceTrackConfig(prompt=PromptConfig(instruction="What moves?"))


def writer(**prompt):
    return PromptWriter(spelling(), replace(CONFIG, prompt=replace(CONFIG.prompt, **prompt)))


def shown(ids):
    """Ids as text, each piece with the marker at its head."""
    tokenizer = spelling()
    names = {VIDEO: "<VIDEO>", FACE: "<FACE>"}
    return "".join(names.get(number) or tokenizer.id_to_token(number) for number in ids)


def test_a_prompt_is_spelled_piece_by_piece():
    assert shown(writer().ask()) == "<s>▁[INST]▁<VIDEO>▁\nWhat▁moves?▁[/INST]"


def test_a_system_text_stands_before_the_video():
    text = "<s>▁[INST]▁<<SYS>>\nBe▁brief.\n<</SYS>>\n\n<VIDEO>▁\nWhat▁moves?▁[/INST]"
    assert shown(writer(system_text="Be brief.").ask()) == text


def test_faces_may_have_a_mark_of_their_own():
    assert "<VIDEO>▁\n<FACE>▁\nWhat" in shown(writer(marks_faces=True).ask())


def test_the_other_layout_has_its_own_turns():
    config = FaceTrackConfig(
        language=LanguageConfig(bos_token_id=None),
        prompt=PromptConfig(layout="chatml", system_text="Brief.", instruction="What?"),
    )
    text = shown(PromptWriter(spelling(), config).ask())
    assert text == (
        "▁<|im_start|>system\nBrief.<|im_end|>\n<|im_start|>user\n<VIDEO>"
        "▁\nWhat?<|im_end|>\n<|im_start|>assistant\n"
    )


@pytest.mark.parametrize("answer_space", [True, False])
def test_the_answer_and_its_end_are_learned_and_nothing_else(answer_space):
    conversation = writer(answer_space=answer_space).answer("  She smiles. ")
    learned = [label for label in conversation.labels if label != UNLABELLED]
    assert shown(learned) == ("▁" if answer_space else "") + "She▁smiles.</s>"
    assert conversation.ids[-len(learned) :] == learned
    assert conversation.labels[: -len(learned)] == [UNLABELLED] * (
        len(conversation.ids) - len(learned)
    )
    assert conversation.ids[: -len(learned)] == writer().ask()


def test_an_answer_is_read_back():
    conversation = writer().answer("She smiles.")
    assert writer().read([label for label in conversation.labels if label > 0]) == "She smiles."


@pytest.mark.parametrize("text", ["She </s> smiles.", "<s>", "a<unk>"])
def test_words_that_are_marks_of_the_model_are_refused(text):
    with pytest.raises(TextRefused, match="a mark of the model"):
        writer().answer(text)
    with pytest.raises(TextRefused, match="a mark of the model"):
        writer().ask(text)


def test_the_name_of_the_video_mark_in_an_instruction_is_plain_text():
    assert writer().ask("Is <video> shown?").count(VIDEO) == 1


def test_a_folder_without_a_tokenizer_is_refused(tmp_path):
    with pytest.raises(CheckpointRefused, match=r"has no tokenizer\.json"):
        load_tokenizer(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{")
    with pytest.raises(CheckpointRefused, match="is damaged"):
        load_tokenizer(tmp_path)


def test_a_tokenizer_is_read_from_its_file(tmp_path):
    spelling().save(str(tmp_path / "tokenizer.json"))
    assert load_tokenizer(tmp_path).get_vocab_size() == 256
