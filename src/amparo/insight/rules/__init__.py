"""Pure rules of insight: how lines are made, how time to an event is estimated, what is hidden before it leaves."""
