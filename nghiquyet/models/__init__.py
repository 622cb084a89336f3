from nghiquyet.models.clause import Clause
from nghiquyet.models.resolution import Resolution

__all__ = ["Clause", "Resolution"]
