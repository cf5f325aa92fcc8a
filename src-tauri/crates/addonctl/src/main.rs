//! Command line of AddOn Console: the same use cases without a window.
fn main() {}
