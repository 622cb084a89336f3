"""One box that finds organisations, members, meetings and papers, without accents, within the scope of who asks."""
