//! The integration tests, one binary.

mod api;
mod clean;
mod codes;
mod corpus;
mod corrupter;
mod dictionary;
mod examples;
mod glyph_tables;
mod json;
mod mojibake;
mod property;
mod render;
mod seeds;
mod taxonomy;
mod variants;
