"""What we discuss: meetings of cells and committees, rounds of model meetings and their lessons, workshops."""
