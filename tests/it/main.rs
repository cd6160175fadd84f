//! The integration tests, one binary.

mod api;
mod check;
mod codes;
mod corpus;
mod damage;
mod dictionary;
mod examples;
mod json;
mod property;
mod render;
mod seeds;
mod taxonomy;
mod variants;
mod write;
