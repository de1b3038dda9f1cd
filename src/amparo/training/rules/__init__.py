"""What is decided in training from values alone: contents, marking, days and states, what was learned."""
