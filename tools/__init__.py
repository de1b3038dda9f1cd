"""What people and CI run on a checkout; none of it is part of the product."""
