//! A client of the WebSocket that waits for frames with patience, but not forever.

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::{HeaderMap, HeaderValue};
use tokio_tungstenite::tungstenite::{Error, Message, Utf8Bytes};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::http::Caller;

/// A frame that does not come within this time does not come.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open socket.
pub struct SocketClient {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Came while something else was waited for.
    passed_over: VecDeque<Value>,
    next_id: u64,
}

/// What a handshake is made of.
#[derive(Clone, Debug)]
pub struct Handshake {
    url: String,
    headers: Vec<(&'static str, String)>,
}

impl Handshake {
    /// The handshake of this caller at a server such as `http://127.0.0.1:8080`, without Origin.
    #[must_use]
    pub fn new(base: &str, caller: &Caller) -> Handshake {
        let url = format!("{}/api/v1/ws", base.replacen("http", "ws", 1));
        let mut headers = vec![("sec-websocket-protocol", "deskwire.v1".to_owned())];
        headers.extend(caller.cookie.clone().map(|cookie| ("cookie", cookie)));
        Handshake { url, headers }
    }

    /// The same with this header, instead of one of that name.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Handshake {
        self.headers.retain(|(other, _)| *other != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The same without this header.
    #[must_use]
    pub fn without(mut self, name: &str) -> Handshake {
        self.headers.retain(|(other, _)| *other != name);
        self
    }

    /// The same with a query string.
    #[must_use]
    pub fn query(mut self, query: &str) -> Handshake {
        self.url = format!("{}?{query}", self.url);
        self
    }

    /// Opens the socket, or gives the status that refused it.
    ///
    /// # Errors
    /// The HTTP status.
    ///
    /// # Panics
    /// If there is no answer.
    pub async fn open(self) -> Result<SocketClient, u16> {
        let answered = self.answer().await;
        answered
            .map(|(socket, _)| socket)
            .map_err(|(status, _)| status)
    }

    /// Opens the socket, or gives the status that refused it, with the headers of the answer in either case.
    ///
    /// # Errors
    /// The HTTP status and headers.
    ///
    /// # Panics
    /// If there is no answer.
    pub async fn answer(self) -> Result<(SocketClient, HeaderMap), (u16, HeaderMap)> {
        let mut request = match self.url.into_client_request() {
            Ok(request) => request,
            Err(error) => panic!("no request: {error}"),
        };
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                request.headers_mut().insert(name, value);
            }
        }
        match connect_async(request).await {
            Ok((stream, response)) => {
                let socket = SocketClient {
                    stream,
                    passed_over: VecDeque::new(),
                    next_id: 1,
                };
                Ok((socket, response.headers().clone()))
            }
            Err(Error::Http(response)) => {
                Err((response.status().as_u16(), response.headers().clone()))
            }
            // The server ignored the subprotocol that was asked for, or there was none to ask for.
            Err(error) => panic!("no handshake: {error}"),
        }
    }
}

impl SocketClient {
    /// Opens a socket and says hello.
    ///
    /// # Panics
    /// If it is not welcome.
    pub async fn connect(base: &str, caller: &Caller) -> SocketClient {
        let mut socket = match Handshake::new(base, caller).open().await {
            Ok(socket) => socket,
            Err(status) => panic!("the handshake was refused: {status}"),
        };
        let token = caller.access_token.clone().unwrap_or_default();
        socket
            .command(json!({"type": "hello", "token": token}))
            .await;
        let welcome = socket.expect("welcome").await;
        assert_eq!(welcome["user"]["id"], caller.user_id);
        socket
    }

    /// Sends a command under an id of its own, which it gives.
    pub async fn command(&mut self, mut command: Value) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        command["id"] = id.into();
        self.text(&command.to_string()).await;
        id
    }

    /// Sends a text frame as it is.
    pub async fn text(&mut self, text: &str) {
        self.raw(Message::Text(Utf8Bytes::from(text))).await;
    }

    /// Sends any message. A socket that is closed already loses it, as it would on a network.
    pub async fn raw(&mut self, message: Message) {
        let _ = self.stream.send(message).await;
    }

    /// Sends a command and gives its reply, `ok`, `error` or `joined`.
    pub async fn ask(&mut self, command: Value) -> Value {
        let id = self.command(command).await;
        self.find(|frame| {
            frame["id"] == id && matches!(frame["type"].as_str(), Some("ok" | "error" | "joined"))
        })
        .await
    }

    /// Joins a ticket and gives the reply.
    pub async fn join(&mut self, ticket: i64, after: Option<i64>) -> Value {
        self.ask(json!({"type": "ticket.join", "ticket_id": ticket, "after": after}))
            .await
    }

    /// The next frame of this type; others are kept for later.
    pub async fn expect(&mut self, kind: &str) -> Value {
        self.find(|frame| frame["type"] == kind).await
    }

    /// The next frame that fits; others are kept for later.
    ///
    /// # Panics
    /// If none comes.
    pub async fn find(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(index) = self.passed_over.iter().position(&fits) {
            return self.passed_over.remove(index).unwrap_or_default();
        }
        loop {
            match tokio::time::timeout(PATIENCE, self.read()).await {
                Ok(Ok(frame)) if fits(&frame) => return frame,
                Ok(Ok(frame)) => self.passed_over.push_back(frame),
                Ok(Err(code)) => panic!("closed with {code:?}; had {:?}", self.passed_over),
                Err(_) => panic!("no such frame came; had {:?}", self.passed_over),
            }
        }
    }

    /// The frames that came and were not waited for. To show that something does not come, wait for what comes
    /// after it.
    #[must_use]
    pub fn others(&self) -> Vec<&Value> {
        self.passed_over.iter().collect()
    }

    /// The code that the server closes with.
    ///
    /// # Panics
    /// If it does not close, or without a code.
    pub async fn closed(&mut self) -> u16 {
        match self.ended().await {
            Some(code) => code,
            None => panic!("gone without a code"),
        }
    }

    /// Waits for the end, and gives the code of the server's close frame if it has one.
    ///
    /// # Panics
    /// If it does not end.
    pub async fn ended(&mut self) -> Option<u16> {
        loop {
            match tokio::time::timeout(PATIENCE, self.read()).await {
                Ok(Ok(frame)) => self.passed_over.push_back(frame),
                Ok(Err(code)) => return code,
                Err(_) => panic!("still open; had {:?}", self.passed_over),
            }
        }
    }

    /// The next JSON frame, or the code of the close frame.
    async fn read(&mut self) -> Result<Value, Option<u16>> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => {
                    return Ok(serde_json::from_str(&text).unwrap_or_default());
                }
                Some(Ok(Message::Close(reason))) => {
                    return Err(reason.map(|reason| reason.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(None),
            }
        }
    }
}
