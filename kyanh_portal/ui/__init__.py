"""How pages are made: views, forms, menu, panels and the words on them."""
