"""The one kind of error whose message is written for the person reading it."""


class UserError(Exception):
    """Something the user can mend: the message says in a sentence what is wrong and what to do."""


class UnreadableDocument(UserError):
    """A file of the documents folder cannot be read; the rest of the folder can."""


class Cancelled(Exception):
    """A long piece of work was called off; what is told of its progress raises it to end it."""
