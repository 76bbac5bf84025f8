"""A story's page, part by part: each takes the story as it stands on the bus and gives what a template draws."""
