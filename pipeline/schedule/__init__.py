"""The schedule: when each source is due, the process that refreshes what is, and who starts that again."""
