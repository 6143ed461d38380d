"""Articles of one event, matched across outlets, and the copies among them."""
