"""Exceptions whose messages are written for the user."""


class UserError(Exception):
    """An error the user can fix: the message says in a sentence what is wrong and what to do."""


class UnreadableDocument(UserError):
    """A file of the documents folder cannot be read; others can."""


class Cancelled(Exception):
    """A long task was cancelled; raised by its progress callback."""
