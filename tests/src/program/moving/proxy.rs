//! Stands between a program and PostgreSQL, and at some point fails the program.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, mpsc};

/// What the proxy does once enough has passed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// Cuts the connection.
    Cut,
    /// Lets nothing more through.
    Stall,
}

/// A proxy that counts what the program sends.
pub(super) struct Proxy {
    /// The database's address through the proxy.
    pub(super) address: String,
    reached: Arc<AtomicBool>,
    told: mpsc::Receiver<()>,
}

struct Rule {
    server: String,
    after_bytes: u64,
    then: Then,
    passed: AtomicU64,
    reached: Arc<AtomicBool>,
    tell: mpsc::Sender<()>,
}

impl Proxy {
    /// Starts one before this database.
    pub(super) fn start(database: &str, after_bytes: u64, then: Then) -> Self {
        let (user, rest) = database.split_once('@').unwrap();
        let (server, name) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tell, told) = mpsc::channel();
        let reached = Arc::new(AtomicBool::new(false));
        let rule = Arc::new(Rule {
            server: server.to_owned(),
            after_bytes,
            then,
            passed: AtomicU64::new(0),
            reached: Arc::clone(&reached),
            tell,
        });
        std::thread::spawn(move || {
            for program in listener.incoming() {
                rule.serve(&program.unwrap());
            }
        });
        Self {
            address: format!("{user}@127.0.0.1:{port}/{name}"),
            reached,
            told,
        }
    }

    /// Whether so much was sent that it did what it was told to.
    pub(super) fn reached(&self) -> bool {
        self.reached.load(Ordering::SeqCst)
    }

    /// Waits for that.
    pub(super) fn wait(&self) {
        self.told.recv().unwrap();
    }
}

impl Rule {
    fn serve(self: &Arc<Self>, program: &TcpStream) {
        let server = TcpStream::connect(&self.server).unwrap();
        let (asking, answering) = (program.try_clone().unwrap(), server.try_clone().unwrap());
        let rule = Arc::clone(self);
        std::thread::spawn(move || rule.pass(asking, server));
        let program = program.try_clone().unwrap();
        std::thread::spawn(move || {
            let _ = std::io::copy(&mut &answering, &mut &program);
            let _ = program.shutdown(Shutdown::Both);
        });
    }

    /// Passes on what the program sends, until enough has passed.
    fn pass(&self, mut program: TcpStream, mut server: TcpStream) {
        let mut buffer = [0; 16 * 1024];
        while let Ok(length @ 1..) = program.read(&mut buffer) {
            let passed = self.passed.fetch_add(length as u64, Ordering::SeqCst);
            if passed >= self.after_bytes {
                self.reached.store(true, Ordering::SeqCst);
                let _ = self.tell.send(());
                if self.then == Then::Cut {
                    break;
                }
                // Read, so that the end of the program is seen, and not passed on.
                continue;
            }
            if server.write_all(&buffer[..length]).is_err() {
                break;
            }
        }
        let _ = program.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Both);
    }
}
