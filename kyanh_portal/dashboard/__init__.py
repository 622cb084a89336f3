"""The front page of each role: cards that the apps plug in."""
