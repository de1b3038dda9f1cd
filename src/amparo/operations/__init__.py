"""Operations: getting people out of ongoing abuse, with the authority in the lead."""
