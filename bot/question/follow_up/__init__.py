"""Questions that lean on the answer before them, told in full by rule."""

from bot.question.follow_up.rewriting import FollowUp, read_follow_up

__all__ = ["FollowUp", "read_follow_up"]
