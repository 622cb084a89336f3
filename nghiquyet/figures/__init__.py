"""One function for every number of resolutions shown anywhere."""
