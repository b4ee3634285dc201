//! As much of the protocol of Redis as is needed to lose what it publishes.

/// Whether a client's bytes ask for a subscription.
pub(crate) fn subscribes(bytes: &[u8]) -> bool {
    let wanted = b"SUBSCRIBE\r\n";
    bytes
        .windows(wanted.len())
        .any(|window| window.eq_ignore_ascii_case(wanted))
}

/// Cuts the stream of a server into whole replies.
#[derive(Default)]
pub(crate) struct Splitter {
    rest: Vec<u8>,
}

impl Splitter {
    /// The whole replies up to here, without published messages if they are to be lost.
    pub(crate) fn split(&mut self, bytes: &[u8], losing: bool) -> Vec<u8> {
        self.rest.extend_from_slice(bytes);
        let mut passing = Vec::new();
        let mut begin = 0;
        while let Some(length) = reply_length(&self.rest[begin..]) {
            let reply = &self.rest[begin..begin + length];
            if !(losing && is_published(reply)) {
                passing.extend_from_slice(reply);
            }
            begin += length;
        }
        self.rest.drain(..begin);
        passing
    }
}

fn is_published(reply: &[u8]) -> bool {
    let kinds: [&[u8]; 3] = [b"message", b"pmessage", b"smessage"];
    let mut lines = reply.split(|byte| *byte == b'\n');
    let first = lines.next().and_then(|line| line.first());
    let word = lines.nth(1).unwrap_or_default();
    let word = word.strip_suffix(b"\r").unwrap_or(word);
    matches!(first, Some(b'*' | b'>')) && kinds.contains(&word)
}

/// The length of the reply that these bytes begin with, if all of it is there.
fn reply_length(bytes: &[u8]) -> Option<usize> {
    let line = bytes.windows(2).position(|window| window == b"\r\n")? + 2;
    let count = || {
        let text = std::str::from_utf8(bytes.get(1..line - 2)?).ok()?;
        text.parse::<i64>().ok()
    };
    let parts = match bytes.first()? {
        b'$' | b'=' | b'!' => {
            let length = usize::try_from(count()?).map_or(line, |length| line + length + 2);
            return (bytes.len() >= length).then_some(length);
        }
        b'*' | b'>' | b'~' => count()?,
        b'%' | b'|' => count()? * 2,
        _ => 0,
    };
    let mut length = line;
    for _ in 0..parts {
        length += reply_length(&bytes[length..])?;
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUBSCRIBED: &[u8] = b"*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n";
    const MESSAGE: &[u8] = b"*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$4\r\na\r\nb\r\n";
    const PUSHED: &[u8] = b">3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nx\r\n";

    #[test]
    fn published_messages_are_lost_and_nothing_else_however_the_stream_is_cut() {
        let stream = [SUBSCRIBED, MESSAGE, b"+PONG\r\n", PUSHED, b"$-1\r\n"].concat();
        for size in 1..stream.len() {
            let (mut losing, mut passing) = (Splitter::default(), Splitter::default());
            let (mut left, mut all) = (Vec::new(), Vec::new());
            for piece in stream.chunks(size) {
                left.extend(losing.split(piece, true));
                all.extend(passing.split(piece, false));
            }
            assert_eq!(left, [SUBSCRIBED, b"+PONG\r\n", b"$-1\r\n"].concat());
            assert_eq!(all, stream);
        }
    }

    #[test]
    fn subscriptions_are_recognised() {
        assert!(subscribes(b"*2\r\n$9\r\nSUBSCRIBE\r\n$1\r\nc\r\n"));
        assert!(subscribes(b"*2\r\n$10\r\nssubscribe\r\n$1\r\nc\r\n"));
        assert!(!subscribes(
            b"*3\r\n$7\r\nPUBLISH\r\n$1\r\nc\r\n$1\r\nx\r\n"
        ));
    }
}
