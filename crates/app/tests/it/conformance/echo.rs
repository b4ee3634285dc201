//! An echo server on the product's own WebSockets, which the product does not have. Test suites of the protocol want one.

use std::io;
use std::net::TcpListener;
use std::task::{Context, Poll};

use actix_web::dev::Server;
use actix_web::{App, HttpRequest, HttpResponse, web};
use app::wire::{self, CLOSE_WITHIN, Frame, Received, Socket, Source, line};
use tokio::sync::mpsc;

/// Frames that wait for a peer that does not read; then nothing more of it is read either.
const WAITING: usize = 4;

struct Echoes(mpsc::Receiver<Frame>);

impl Source for Echoes {
    fn poll_frame(&mut self, cx: &mut Context<'_>) -> Poll<Option<Frame>> {
        self.0.poll_recv(cx)
    }
}

/// Echoes messages of at most `limit` bytes, on every path.
pub(crate) fn serve(listener: TcpListener, limit: usize) -> io::Result<Server> {
    line::serve(listener, 1, move || {
        App::new()
            .app_data(web::Data::new(limit))
            .default_service(web::to(connect))
    })
}

async fn connect(
    request: HttpRequest,
    payload: web::Payload,
    limit: web::Data<usize>,
) -> actix_web::Result<HttpResponse> {
    let opened = wire::open(&request, payload, &[], **limit);
    let (response, socket) = opened?;
    actix_web::rt::spawn(echo(socket));
    Ok(response)
}

async fn echo(mut socket: Socket<Echoes>) {
    let (frames, echoes) = mpsc::channel(WAITING);
    socket.outlet.connect(Echoes(echoes));
    loop {
        let frame = match socket.inbound.next().await {
            Ok(Received::Text(text)) => Frame::Text(text.into()),
            Ok(Received::Binary(bytes)) => Frame::Binary(bytes),
            Ok(Received::Ping(payload)) => {
                socket.outlet.pong(payload);
                continue;
            }
            Ok(Received::Pong) => continue,
            Ok(Received::Close(reason)) => return socket.answer_close(reason),
            Err(broken) => {
                let _ = frames.send(Frame::Close(broken.code())).await;
                return socket.part(CLOSE_WITHIN).await;
            }
        };
        if frames.send(frame).await.is_err() {
            return;
        }
    }
}
