"""Partners: agencies, their units and facilities, officials in their posts, and agreements on what may be released."""
