"""Who may do what: persons and their roles, PINs, and how often one may try. Pure: no store, no Qt, no network."""
