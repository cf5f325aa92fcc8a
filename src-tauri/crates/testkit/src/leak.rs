//! Canary keys, and a search for them in every encoding of invariant 1.
