//! The integration tests, one binary.

mod api;
mod check;
mod claims;
mod codes;
mod corpus;
mod damage;
mod dictionary;
mod examples;
mod html;
mod json;
mod metrics;
mod property;
mod render;
mod seeds;
mod series;
mod taxonomy;
mod variants;
mod write;
