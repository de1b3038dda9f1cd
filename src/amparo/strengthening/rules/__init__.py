"""What is decided from values alone: checklists, scores, steps, proposals, comparisons."""
