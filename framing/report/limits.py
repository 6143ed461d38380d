"""What a score must not be used for, said wherever one is shown."""

LIMITS = (
    "These figures describe wording, not truth: a false text can be plain and a true one loaded.",
    "A stance says how a text treats an actor, not how the actor ought to be treated.",
    "They are estimates by a model trained on readers' labels of US news in English, and they are sometimes wrong; "
    "read the evidence before you quote a number.",
    "The interval covers which sentences the article happens to have, not the model's own errors.",
    "Do not use them to rank an outlet by one article, to judge a person, to remove or punish speech, or as the only "
    "ground for any decision.",
)
