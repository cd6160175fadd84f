//! The integration tests, one binary.

mod aligned;
mod api;
mod check;
mod claims;
mod clean;
mod codes;
mod corpus;
mod corrupter;
mod damage;
mod dictionary;
mod doubt;
mod examples;
mod export;
mod glyph_tables;
mod html;
mod json;
mod metrics;
mod mojibake;
mod property;
mod render;
mod schema;
mod seeds;
mod series;
mod taxonomy;
mod variants;
mod write;
