//! The integration tests, one binary.

mod corpus;
mod variants;
