"""The command line: `citera ask`, `chat`, `reembed` and the other commands."""
