"""A tokenizer of single bytes that marks the head of every piece, as the released one does."""

from tokenizers import AddedToken, Tokenizer, models, normalizers
from tokenizers.decoders import ByteFallback, Fuse, Replace, Sequence, Strip

BYTES = 3
MARK = BYTES + 122


def spelling():
    """256 ids: three marks of the model, printable characters by their bytes."""
    vocabulary = {"<unk>": 0, "<s>": 1, "</s>": 2}
    printable = ["\n", *map(chr, range(33, 127)), "\u2581"]
    vocabulary |= {sign: place for place, sign in enumerate(printable, BYTES)}
    vocabulary |= {f"<filler{place}>": place for place in range(len(vocabulary), 256)}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Prepend("\u2581"), normalizers.Replace(" ", "\u2581")]
    )
    tokenizer.decoder = Sequence([Replace("\u2581", " "), ByteFallback(), Fuse(), Strip(" ", 1, 0)])
    tokenizer.add_special_tokens(
        [AddedToken(name, special=True, normalized=False) for name in ("<unk>", "<s>", "</s>")]
    )
    return tokenizer
