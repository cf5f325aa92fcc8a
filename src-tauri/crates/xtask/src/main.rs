//! Chores of the repository: generated types, their freshness, tidy rules.
fn main() {}
