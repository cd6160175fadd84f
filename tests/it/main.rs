//! The integration tests, one binary.

mod api;
mod corpus;
mod dictionary;
mod examples;
mod json;
mod render;
mod seeds;
mod variants;
