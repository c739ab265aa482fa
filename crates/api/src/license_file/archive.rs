//! An archive that is sent while it is being made, so that ten thousand files never stand in memory at once.

use std::io::{self, Write};

use axum::body::Body;
use bytes::Bytes;
use futures::stream;
use latchkey_domain::ChangeId;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::caller::Caller;
use crate::problem::Problem;

/// Bytes that are sent at once.
const CHUNK_BYTES: usize = 64 * 1024;
/// Chunks that may wait for a slow receiver.
const CHUNKS_WAITING_MAX: usize = 8;

type Chunk = Result<Bytes, io::Error>;

/// All license files that a change exported. What is refused is refused before the first byte is sent; what fails
/// later breaks the answer off, so that nobody takes half an archive for a whole one.
pub(super) async fn stream(api: &Caller, change: ChangeId) -> Result<Body, Problem> {
    let (sender, mut receiver) = channel::<Chunk>(CHUNKS_WAITING_MAX);
    let Caller { app, actor, .. } = api.clone();
    let writing = tokio::spawn(async move {
        let out = ChunkWriter {
            chunk: Vec::with_capacity(CHUNK_BYTES),
            sender: sender.clone(),
        };
        let done = app.license_files_archive(&actor, change, out).await;
        let last = match &done {
            Ok(out) => Ok(Bytes::copy_from_slice(&out.chunk)),
            Err(error) => Err(io::Error::other(error.to_string())),
        };
        // Whoever asked may have gone away.
        drop(sender.send(last).await);
        done.map(drop)
    });
    match receiver.recv().await {
        Some(Ok(first)) => Ok(Body::from_stream(rest(first, receiver))),
        _ => match writing.await {
            Ok(Err(error)) => Err(error.into()),
            _ => Err(Problem::new("internal", "The archive could not be made.")),
        },
    }
}

fn rest(first: Bytes, receiver: Receiver<Chunk>) -> impl stream::Stream<Item = Chunk> {
    stream::unfold(
        (Some(Ok(first)), receiver),
        |(waiting, mut receiver)| async move {
            match waiting {
                Some(chunk) => Some((chunk, (None, receiver))),
                None => receiver.recv().await.map(|chunk| (chunk, (None, receiver))),
            }
        },
    )
}

/// Sends what is written to it, a chunk at a time. Used from a thread that may wait.
struct ChunkWriter {
    chunk: Vec<u8>,
    sender: Sender<Chunk>,
}

impl Write for ChunkWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.chunk.extend_from_slice(bytes);
        if self.chunk.len() >= CHUNK_BYTES {
            let chunk = std::mem::replace(&mut self.chunk, Vec::with_capacity(CHUNK_BYTES));
            let gone = |_| {
                io::Error::new(
                    io::ErrorKind::BrokenPipe,
                    "nobody receives the archive any more",
                )
            };
            self.sender.blocking_send(Ok(chunk.into())).map_err(gone)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
