//! Echoes WebSockets with the product's code, for test suites of the protocol such as Autobahn's (`just conformance`):
//! `cargo run -p app --example echo -- 127.0.0.1:9001 [LIMIT]`, messages of at most LIMIT bytes

#[path = "../tests/it/conformance/echo.rs"]
mod echo;

use std::io;
use std::net::TcpListener;

use contract::socket::FRAME_MAX;

#[actix_web::main]
async fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let address = arguments.first().map_or("127.0.0.1:9001", String::as_str);
    let limit = match arguments.get(1) {
        Some(limit) => limit.parse().map_err(io::Error::other)?,
        None => FRAME_MAX,
    };
    echo::serve(TcpListener::bind(address)?, limit)?.await
}
