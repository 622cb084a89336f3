"""How permission is asked: rules that answer yes or say why not, and the scope of a user."""
