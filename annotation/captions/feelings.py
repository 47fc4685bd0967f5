"""Words for states of mind. What faces and muscles do ("tense", "relax") is seen, and not here."""

# Whole words, then the beginnings of words that mean a state of mind with any ending.
FEELING = (
    r"(?:(?:"
    r"content(?:ed|ment)?|love|sad(?:ness|ly)?|pain(?:ed|ful|fully)?|hurt|rage|loss|tension|"
    r"interest(?:ed)?|serious(?:ness|ly)?|thought(?:ful|fully|s)?|a?shamed?|bored(?:om)?|"
    r"hopes?|shy(?:ness|ly)?|lonel(?:y|iness)|terror|moods?|joy(?:ful|fully|ous)?"
    r")\b|(?:"
    r"affection|afraid|alert|amaz|amus|angr|anger|annoy|anticipat|anxi|apprehens|astonish|"
    r"bewilder|calm|cheerful|concentrat|concern|confiden|confus|contemplat|contempt|curio|"
    r"dejecti|delight|despair|determin|disappoint|disbelie|discomfort|disgust|displeas|"
    r"dissatisf|distress|doubt|embarrass|emotion|empath|enjoy|enthusias|excite|fear|feeling|"
    r"frighten|frustrat|furious|grateful|grie|guilt|happi|happy|helpless|hesita|indifferen|"
    r"indignat|irritat|longing|melanchol|nervous|panic|pensive|perplex|pleasure|pleased|"
    r"ponder|proud|pride|puzzl|regret|relief|relieved|resign|satisf|scared|seren|shock|sorrow|"
    r"startle|surpris|suspic|sympath|terrif|tranquil|uncertain|uneas|upset|worr"
    r")\w*)"
)
