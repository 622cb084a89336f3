"""The machine room: it knows no cell, no meeting and no resolution."""
