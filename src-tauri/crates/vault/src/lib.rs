//! The data store: provider keys sealed with AES-SIV, kept in SQLite, their master key in a custody slot.
