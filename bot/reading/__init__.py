"""The parts of reading a question: what it asks for, what it insists on, and its slips."""
