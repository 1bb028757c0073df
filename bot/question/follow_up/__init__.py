"""Rewrites follow-up questions into complete ones, by rule."""

from bot.question.follow_up.rewriting import FollowUp, read_follow_up

__all__ = ["FollowUp", "read_follow_up"]
