//! The integration tests, one binary.

mod api;
mod claims;
mod codes;
mod corpus;
mod dictionary;
mod examples;
mod json;
mod metrics;
mod property;
mod render;
mod seeds;
mod series;
mod taxonomy;
mod variants;
