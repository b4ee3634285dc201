//! RFC 6455 by hand, along the chapters of Autobahn's suite, over an echo server on the product's own code.

pub(crate) mod echo;

use std::net::TcpListener;

use actix_web::dev::ServerHandle;
use testkit::raw_socket::{
    BINARY, CLOSE, CONTINUE, FINAL, PING, PONG, RawSocket, TEXT, frame, head,
};
use tokio::task::JoinHandle;

/// As much as a message may hold.
const LIMIT: usize = contract::socket::FRAME_MAX;
const PROTOCOL: u16 = 1002;
const NOT_UTF8: u16 = 1007;
const TOO_LARGE: u16 = 1009;

struct Echo {
    base: String,
    handle: ServerHandle,
    running: JoinHandle<std::io::Result<()>>,
}

impl Echo {
    fn start() -> Echo {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let server = echo::serve(listener, LIMIT).unwrap();
        let handle = server.handle();
        let running = tokio::spawn(server);
        Echo {
            base,
            handle,
            running,
        }
    }

    async fn open(&self) -> RawSocket {
        RawSocket::open(&self.base, "/", &[], None).await
    }

    /// Sends these bytes on a new connection, which must be closed with this code and nothing else.
    async fn fails(&self, label: &str, bytes: &[u8], code: u16) {
        let mut socket = self.open().await;
        socket.bytes(bytes).await;
        ends(&mut socket, label, &code.to_be_bytes()).await;
    }

    async fn stop(self) {
        self.handle.stop(true).await;
        self.running.await.unwrap().unwrap();
    }
}

async fn ends(socket: &mut RawSocket, label: &str, payload: &[u8]) {
    let close = socket.next().await;
    assert_eq!(close, Some((FINAL | CLOSE, payload.to_vec())), "{label}");
    assert_eq!(socket.next().await, None, "{label}: the connection ends");
}

async fn echoes(socket: &mut RawSocket, label: &str, opcode: u8, payload: &[u8]) {
    let (first, echoed) = socket.next().await.unwrap();
    assert_eq!(first, FINAL | opcode, "{label}");
    assert!(echoed == payload, "{label}: {} bytes", echoed.len());
}

fn parts(parts: &[(u8, &[u8])]) -> Vec<u8> {
    parts
        .iter()
        .flat_map(|(first, payload)| frame(*first, payload))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frames_of_every_size_come_back() {
    let echo = Echo::start();
    let mut socket = echo.open().await;
    for size in [0, 1, 125, 126, 127, 128, 4_096, 8_192, 65_535, LIMIT] {
        let payload = vec![b'*'; size];
        for opcode in [TEXT, BINARY] {
            socket.frame(FINAL | opcode, &payload).await;
            echoes(&mut socket, &size.to_string(), opcode, &payload).await;
        }
    }
    echo.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writes_of_any_length_make_the_same_frames() {
    let echo = Echo::start();
    let mut socket = echo.open().await;
    let payload: Vec<_> = (0..=255).cycle().take(1_000).collect();
    let bytes = [
        frame(FINAL | PING, b"ping"),
        frame(FINAL | BINARY, &payload),
    ]
    .concat();
    for chop in [1, 2, 7, 64, 997] {
        for chunk in bytes.chunks(chop) {
            socket.bytes(chunk).await;
        }
        echoes(&mut socket, "ping", PONG, b"ping").await;
        echoes(&mut socket, &chop.to_string(), BINARY, &payload).await;
    }
    echo.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pings_are_answered_and_pongs_are_not() {
    let echo = Echo::start();
    let mut socket = echo.open().await;
    for payload in [
        vec![],
        b"hello".to_vec(),
        vec![0, 0xff, 0xfe, 0x80],
        vec![0xfe; 125],
    ] {
        socket.frame(FINAL | PONG, &payload).await;
        socket.frame(FINAL | PING, &payload).await;
        echoes(&mut socket, "ping", PONG, &payload).await;
    }
    let pings: Vec<_> = (0..10).flat_map(|n| frame(FINAL | PING, &[n])).collect();
    socket.bytes(&pings).await;
    for n in 0..10 {
        echoes(&mut socket, "ten pings at once", PONG, &[n]).await;
    }
    for kind in [PING, PONG] {
        echo.fails(
            "a control frame of 126 bytes",
            &frame(FINAL | kind, &[0; 126]),
            PROTOCOL,
        )
        .await;
        let announced = head(FINAL | kind, 70_000);
        echo.fails("a control frame that only says so", &announced, PROTOCOL)
            .await;
        echo.fails("a control frame in parts", &frame(kind, b"x"), PROTOCOL)
            .await;
    }
    echo.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_reserved_is_refused() {
    let echo = Echo::start();
    for reserved in 1..=7_u8 {
        for opcode in [TEXT, BINARY, PING, PONG, CLOSE] {
            let first = FINAL | (reserved << 4) | opcode;
            echo.fails(&format!("{first:#x}"), &frame(first, b"x"), PROTOCOL)
                .await;
        }
    }
    for opcode in [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] {
        for payload in [&b""[..], b"x"] {
            echo.fails(
                &format!("opcode {opcode}"),
                &frame(FINAL | opcode, payload),
                PROTOCOL,
            )
            .await;
        }
    }
    let unmasked = [FINAL | TEXT, 1, b'x'];
    echo.fails("a client must mask", &unmasked, PROTOCOL).await;
    echo.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_in_parts_are_put_together() {
    let echo = Echo::start();
    let mut socket = echo.open().await;
    for opcode in [TEXT, BINARY] {
        let whole = parts(&[
            (opcode, b"one "),
            (CONTINUE, b""),
            (FINAL | CONTINUE, b"two"),
        ]);
        socket.bytes(&whole).await;
        echoes(&mut socket, "three parts", opcode, b"one two").await;
        socket
            .bytes(&parts(&[
                (opcode, b""),
                (CONTINUE, b""),
                (FINAL | CONTINUE, b""),
            ]))
            .await;
        echoes(&mut socket, "three times nothing", opcode, b"").await;
    }
    let between = [
        (TEXT, &b"one "[..]),
        (FINAL | PING, b"ping"),
        (FINAL | CONTINUE, b"two"),
    ];
    socket.bytes(&parts(&between)).await;
    echoes(&mut socket, "a ping between parts", PONG, b"ping").await;
    echoes(&mut socket, "around a ping", TEXT, b"one two").await;
    for (label, bytes) in [
        ("a last part of nothing", parts(&[(FINAL | CONTINUE, b"x")])),
        ("a part of nothing", parts(&[(CONTINUE, b"x")])),
        (
            "a text within a text",
            parts(&[(TEXT, b"x"), (FINAL | TEXT, b"y")]),
        ),
        (
            "a binary part within a text",
            parts(&[(TEXT, b"x"), (BINARY, b"y")]),
        ),
    ] {
        echo.fails(label, &bytes, PROTOCOL).await;
    }
    // After a message that is complete, a part belongs to nothing again.
    let mut socket = echo.open().await;
    socket
        .bytes(&parts(&[
            (TEXT, b"x"),
            (FINAL | CONTINUE, b"y"),
            (CONTINUE, b"z"),
        ]))
        .await;
    echoes(&mut socket, "complete", TEXT, b"xy").await;
    ends(&mut socket, "and then a part", &PROTOCOL.to_be_bytes()).await;
    echo.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn texts_are_utf_8_wherever_they_are_cut() {
    let echo = Echo::start();
    let mut socket = echo.open().await;
    let text = "Hello-µ@ßöäüàá-UTF-8!! κόσμε \u{7ff}\u{800}\u{fffd}\u{ffff}\u{10000}\u{10ffff}\0";
    socket.frame(FINAL | TEXT, text.as_bytes()).await;
    echoes(&mut socket, "whole", TEXT, text.as_bytes()).await;
    for cut in 0..=text.len() {
        let (one, two) = text.as_bytes().split_at(cut);
        socket
            .bytes(&parts(&[(TEXT, one), (FINAL | CONTINUE, two)]))
            .await;
        echoes(&mut socket, &format!("cut at {cut}"), TEXT, text.as_bytes()).await;
    }
    let bytes: Vec<_> = text
        .bytes()
        .enumerate()
        .map(|(n, byte)| (if n == 0 { TEXT } else { CONTINUE }, [byte]))
        .collect();
    for (first, byte) in &bytes {
        socket.frame(*first, byte).await;
    }
    socket.frame(FINAL | CONTINUE, b"").await;
    echoes(&mut socket, "byte by byte", TEXT, text.as_bytes()).await;
    for (label, invalid) in [
        ("a lone continuation", &[0x80][..]),
        ("half a character", &[0xce]),
        ("no start of anything", &[0xff]),
        ("longer than need be", &[0xc0, 0xaf]),
        ("a surrogate", &[0xed, 0xa0, 0x80]),
        ("beyond Unicode", &[0xf4, 0x90, 0x80, 0x80]),
        ("five bytes", &[0xf8, 0x88, 0x80, 0x80, 0x80]),
        (
            "after good text",
            b"good \xce\xba\xe1\xbd\xb9\xed\xa0\x80edited",
        ),
    ] {
        echo.fails(label, &frame(FINAL | TEXT, invalid), NOT_UTF8)
            .await;
        for cut in 1..invalid.len() {
            let (one, two) = invalid.split_at(cut);
            echo.fails(
                label,
                &parts(&[(TEXT, one), (FINAL | CONTINUE, two)]),
                NOT_UTF8,
            )
            .await;
        }
    }
    // What nothing can mend is refused before the message is complete.
    echo.fails(
        "early",
        &parts(&[(TEXT, b"x"), (CONTINUE, &[0xf4]), (CONTINUE, &[0x90])]),
        NOT_UTF8,
    )
    .await;
    // Binary messages may hold anything.
    let mut socket = echo.open().await;
    socket
        .bytes(&parts(&[(BINARY, &[0xff]), (FINAL | CONTINUE, &[0xfe])]))
        .await;
    echoes(&mut socket, "binary", BINARY, &[0xff, 0xfe]).await;
    echo.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_close_is_answered_by_its_own_code_and_the_connection_ends() {
    let echo = Echo::start();
    let closing = |code: u16, reason: &[u8]| [&code.to_be_bytes()[..], reason].concat();
    let mut socket = echo.open().await;
    socket.frame(FINAL | CLOSE, b"").await;
    ends(&mut socket, "no code", b"").await;
    for code in [
        1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999,
    ] {
        for reason in [vec![], "good bye".into(), vec![b'*'; 123]] {
            let mut socket = echo.open().await;
            socket.frame(FINAL | CLOSE, &closing(code, &reason)).await;
            ends(&mut socket, &code.to_string(), &code.to_be_bytes()).await;
        }
    }
    for code in [
        0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535,
    ] {
        echo.fails(
            &code.to_string(),
            &frame(FINAL | CLOSE, &closing(code, b"x")),
            PROTOCOL,
        )
        .await;
    }
    echo.fails("half a code", &frame(FINAL | CLOSE, &[3]), PROTOCOL)
        .await;
    echo.fails(
        "a reason too long",
        &frame(FINAL | CLOSE, &closing(1000, &[b'*'; 124])),
        PROTOCOL,
    )
    .await;
    echo.fails(
        "a reason that is no UTF-8",
        &frame(FINAL | CLOSE, &closing(1000, &[0xce])),
        NOT_UTF8,
    )
    .await;
    echo.fails(
        "a close in parts",
        &frame(CLOSE, &closing(1000, b"")),
        PROTOCOL,
    )
    .await;
    // What follows a close is not heard, and a message that it interrupts never comes.
    let mut socket = echo.open().await;
    let after = [
        (TEXT, &b"x"[..]),
        (FINAL | CLOSE, b""),
        (FINAL | PING, b"x"),
        (FINAL | CLOSE, b""),
    ];
    socket.bytes(&parts(&after)).await;
    ends(&mut socket, "only one close", b"").await;
    echo.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_large_is_refused_before_it_comes() {
    let echo = Echo::start();
    for size in [LIMIT as u64 + 1, 1 << 40, i64::MAX as u64] {
        for opcode in [TEXT, BINARY] {
            echo.fails(&size.to_string(), &head(FINAL | opcode, size), TOO_LARGE)
                .await;
        }
    }
    echo.fails("a size of 64 bits", &head(FINAL | TEXT, u64::MAX), PROTOCOL)
        .await;
    let half = vec![b'x'; LIMIT / 2];
    let mut whole = parts(&[(BINARY, &half), (CONTINUE, &half)]);
    let mut socket = echo.open().await;
    socket.bytes(&whole).await;
    socket.frame(FINAL | CONTINUE, b"").await;
    echoes(&mut socket, "exactly", BINARY, &half.repeat(2)).await;
    whole.extend(head(CONTINUE, 1));
    echo.fails("one more, in parts", &whole, TOO_LARGE).await;
    echo.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_messages_come_back_in_order_to_a_peer_that_reads_later() {
    let echo = Echo::start();
    let mut socket = echo.open().await;
    // More than the echo holds, less than the kernel does.
    for n in 0..200_u16 {
        socket
            .frame(FINAL | BINARY, &n.to_be_bytes().repeat(64))
            .await;
    }
    for n in 0..200_u16 {
        echoes(
            &mut socket,
            &n.to_string(),
            BINARY,
            &n.to_be_bytes().repeat(64),
        )
        .await;
    }
    echo.stop().await;
}
