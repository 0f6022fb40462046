"""What the pages of mining ask for. The services judge; forms only read and say what is malformed."""
