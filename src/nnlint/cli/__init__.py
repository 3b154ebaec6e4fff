"""The command line (click); the engine is imported only by the commands that need it."""
