//! Use cases and the one command table that window, command line and tests all call.
