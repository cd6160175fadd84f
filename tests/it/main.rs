//! The integration tests, one binary.

mod variants;
