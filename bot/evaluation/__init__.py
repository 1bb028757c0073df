"""Evaluates answers to questions with known answers, and approves new indexes."""
