//! Keys of Redis that a test takes away and puts back, as a server does that lost or resurrected data.

use std::io;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use crate::redis::{parts, url};

/// Keys with their values and the time that they have left.
#[derive(Clone, Debug)]
pub struct SavedKeys {
    prefix: String,
    keys: Vec<(Vec<u8>, Vec<u8>, Vec<u8>)>,
}

impl SavedKeys {
    /// The keys that begin so, as they are now.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn of(prefix: &str) -> io::Result<SavedKeys> {
        let mut line = Line::open().await?;
        let mut keys = Vec::new();
        for key in line.keys(prefix).await? {
            let value = line.ask(&[b"DUMP", &key]).await?.concat();
            let left = line.ask(&[b"PTTL", &key]).await?.concat();
            keys.push((key, value, left));
        }
        let prefix = prefix.to_owned();
        Ok(SavedKeys { prefix, keys })
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Puts them back in the place of all keys that begin so now.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn put_back(&self) -> io::Result<()> {
        forget(&self.prefix).await?;
        let mut line = Line::open().await?;
        for (key, value, left) in &self.keys {
            // A key that never ends has -1, and 0 says so to RESTORE.
            let left: &[u8] = if left.starts_with(b"-") { b"0" } else { left };
            line.ask(&[b"RESTORE", key, left, value]).await?;
        }
        Ok(())
    }
}

/// Removes all keys that begin so.
///
/// # Errors
/// When Redis does not answer.
pub async fn forget(prefix: &str) -> io::Result<()> {
    let mut line = Line::open().await?;
    for key in line.keys(prefix).await? {
        line.ask(&[b"DEL", &key]).await?;
    }
    Ok(())
}

/// Speaks the protocol of Redis, as much of it as is needed here.
struct Line(BufReader<TcpStream>);

impl Line {
    async fn open() -> io::Result<Line> {
        let (server, path) = parts(&url());
        let mut line = Line(BufReader::new(TcpStream::connect(server).await?));
        let database = path.trim_matches('/');
        if !database.is_empty() {
            line.ask(&[b"SELECT", database.as_bytes()]).await?;
        }
        Ok(line)
    }

    async fn keys(&mut self, prefix: &str) -> io::Result<Vec<Vec<u8>>> {
        self.ask(&[b"KEYS", format!("{prefix}*").as_bytes()]).await
    }

    /// The parts of an answer: one, or those of a flat list.
    async fn ask(&mut self, words: &[&[u8]]) -> io::Result<Vec<Vec<u8>>> {
        let mut request = format!("*{}\r\n", words.len()).into_bytes();
        for word in words {
            request.extend(format!("${}\r\n", word.len()).into_bytes());
            request.extend_from_slice(word);
            request.extend_from_slice(b"\r\n");
        }
        self.0.write_all(&request).await?;
        let (kind, text) = self.line().await?;
        let count = match kind {
            b'*' => text.parse().unwrap_or(0),
            _ => return Ok(vec![self.part(kind, text).await?]),
        };
        let mut parts = Vec::new();
        for _ in 0..count {
            let (kind, text) = self.line().await?;
            parts.push(self.part(kind, text).await?);
        }
        Ok(parts)
    }

    async fn part(&mut self, kind: u8, text: String) -> io::Result<Vec<u8>> {
        match kind {
            b'$' => {
                let mut bytes = vec![0; text.parse::<usize>().map_err(io::Error::other)? + 2];
                self.0.read_exact(&mut bytes).await?;
                bytes.truncate(bytes.len() - 2);
                Ok(bytes)
            }
            b'-' => Err(io::Error::other(text)),
            _ => Ok(text.into_bytes()),
        }
    }

    async fn line(&mut self) -> io::Result<(u8, String)> {
        let mut line = String::new();
        self.0.read_line(&mut line).await?;
        let kind = line.bytes().next().ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok((kind, line[1..].trim_end().to_owned()))
    }
}
