"""Files that people attach: kept under a random key with their SHA-256, handed out only through a rule."""
