"""Who may do what with resolutions, what they set going, and papers that go and come. One file for each of the three."""

from nghiquyet.access import living, papers, resolutions

__all__ = ["living", "papers", "resolutions"]
