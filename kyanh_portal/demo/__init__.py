"""The demo world: built through the services of the product, with a fixed seed, all of it labelled."""
