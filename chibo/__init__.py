"""Who we are: Party organisations of any level, their committees and terms, their members, and who holds which role."""
