//! The binary `deskwire`: configuration, HTTP, sockets, command line.
//!
//! Routes parse, call one service method and convert. Nothing here knows the database.

pub mod application;
pub mod cli;
pub mod clock;
pub mod config;
pub mod export;
pub mod http;
mod listener;
pub mod metrics;
pub mod openapi;
pub mod realtime_bridge;
pub mod routes;
pub mod socket;
pub mod state;
pub mod web_app;
pub mod wire;
