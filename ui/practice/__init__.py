"""The bar of the training mode: what lies on the simulated desk."""
