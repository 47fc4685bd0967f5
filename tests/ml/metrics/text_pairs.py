"""Texts of our own, some near their reference and some with everything a tokenizer stumbles on."""

from __future__ import annotations

from pathlib import Path

TEXT_SCORES = Path(__file__).parents[2] / "vectors" / "text_scores.json"

PAIRS = [
    (
        "A young woman with a fringe looks into the camera. Her brows rise, then she smiles.",
        "A young woman with a fringe looks into the camera. Her brows rise, then she smiles.",
    ),
    (
        "At the start the man presses his lips together. He doesn't blink.",
        "In the beginning, the man's lips are pressed together; he does not blink.",
    ),
    (
        "Towards the end, the corners of her mouth turn down.",
        "Towards the end, the corners of her mouth turn down and her chin trembles a little.",
    ),
    (
        "His left eye closes (only briefly) -- a wink -- and opens again.",
        "His half-closed left eye closes, only briefly, and opens again: a wink.",
    ),
    ("She can't hold it, she cannot; she's gonna laugh!!", "She can't help laughing, she's happy!"),
    (
        "An old man says “yes”, his eyes half-shut ... and nods 2 times in 3.5 s.",
        'An old man\'s eyes are half-shut. He nods twice in 3.5 seconds, and says "yes".',
    ),
    (
        "Dr. Miller’s forehead wrinkles, e.g. at 0:03, by 50% or so — then it’s smooth.",
        "The doctor's forehead wrinkles at 0:03; then it's smooth, etc.",
    ),
    (
        "He smiles.He frowns ,then he stops.\nIn the middle of the video nothing changes.. at all.",
        "He smiles. He frowns, then he stops.\nIn the middle of the video nothing changes.",
    ),
    ("The and of a in.", "Her nose wrinkles and her upper lip is raised."),
    (
        "Her [slightly] open mouth shows teeth/tongue; #1 A&B <b>bold</b> naïve café 😀.",
        "Her mouth, open slightly, shows the girls' teeth and the tongue.",
    ),
    ("blink blink blink blink blink", "He blinks, and blinks, and blinks."),
    (
        "They've both seen it: we'll say I'm sure you're right, he'd agreed, rock 'n' roll.",
        "They both have seen it, and he agreed.",
    ),
    ("Smiles", "Smiles"),
    (
        "The video shows a boy. " * 12,
        "A boy with freckles keeps a straight face, then his cheeks lift and he grins.",
    ),
]
