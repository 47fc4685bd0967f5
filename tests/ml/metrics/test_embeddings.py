"""The network of sentences, against the implementation that it was published for."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, BertModel

from ml.metrics.embeddings import WEIGHTS, SentenceNetwork
from ml.weights import WeightsMissing
from tests.weights import folder_with

WORDS = ["[PAD]", "[UNK]", "she", "smiles", "he", "frowns", "and", "blinks"]


@pytest.fixture
def bert():
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=24,
        num_hidden_layers=3,
        num_attention_heads=4,
        intermediate_size=40,
        max_position_embeddings=160,
        # As wide as the trained network's, so that an error in one layer shows.
        initializer_range=0.3,
    )
    return BertModel(config, add_pooling_layer=False).eval()


@pytest.fixture
def network(bert):
    words = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, "[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    tensors = {name: tensor.numpy() for name, tensor in bert.state_dict().items()}
    return SentenceNetwork(tensors, words, "made", heads=4)


def test_points_equal_the_published_implementation(bert, network):
    sentences = ["she smiles", "he frowns and blinks and smiles", "he"]
    encoded = [[WORDS.index(word) for word in sentence.split()] for sentence in sentences]
    expected = []
    for pieces in encoded:
        with torch.no_grad():
            hidden = bert(torch.tensor([pieces])).last_hidden_state.mean(1)
        expected.append(torch.nn.functional.normalize(hidden)[0].numpy())
    np.testing.assert_allclose(network.points(sentences), expected, atol=1e-5)


def test_a_sentence_has_its_point_in_any_company(network):
    alone = network.points(["she smiles"])[0]
    crowd = network.points(["he blinks"] * 70 + ["she smiles", "and " * 500])
    np.testing.assert_allclose(crowd[70], alone, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(crowd, axis=1), 1, atol=1e-5)


def test_no_sentences_have_no_points(network):
    assert len(network.points([])) == 0


def test_missing_weights_are_said(tmp_path):
    with pytest.raises(WeightsMissing, match="fetch-models"):
        SentenceNetwork.load(tmp_path)


def test_the_fetched_network_knows_what_is_close():
    network = SentenceNetwork.load(folder_with(WEIGHTS))
    smile, grin, blink = network.points(["she smiles", "a grin appears", "he closes an eye"])
    assert smile @ grin > 0.5 > smile @ blink
