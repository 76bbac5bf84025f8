"""RSS and Atom in: what is new in a list of feeds is published as articles."""
