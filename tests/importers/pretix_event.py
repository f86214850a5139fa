"""The event that the orders of the tests are for."""

from tests.importers.forum import forum
from wtisd_model import QuestionKind

EVENT = forum(
    "forum@example.org",
    {
        "DIET": QuestionKind.TEXT,
        "AGE": QuestionKind.INTEGER,
        "SIZE": QuestionKind.DECIMAL,
        "DAY": QuestionKind.DATE,
        "FROM": QuestionKind.COUNTRY,
        "OK": QuestionKind.AGREEMENT,
        "DINNER": QuestionKind.BOOLEAN,
        "ROOM": QuestionKind.CHOICE,
        "TOPICS": QuestionKind.CHOICES,
    },
    choices=("A", "B", "C"),
)
