"""What got out, or may have: reported by anybody who works here, decided in time, closed by a second person.

And impact assessments of what is done with people's data. Nobody's name belongs into either.
"""
