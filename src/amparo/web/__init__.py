"""The page shell: base templates, components, drawings, forms, and what happens around every request.

It knows no room. A room's view asks `pages` to show a form and to run one command; errors of the house's
one tree become pages here, and here only are they translated.
"""
