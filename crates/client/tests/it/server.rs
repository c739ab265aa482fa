//! A server of one thread on a loopback socket: one request a connection, one after the other. It
//! says what its vendor says, unless a test has put other replies before that.

use std::collections::{HashMap, VecDeque};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;

use serde_json::{Value, json};

use crate::vendor::Vendor;

pub(crate) const VALIDATE: &str = "POST /v1/validate";
pub(crate) const TRUST: &str = "GET /v1/trust-bundle";
pub(crate) const ACTIVATE: &str = "POST /v1/activations";
pub(crate) const DEACTIVATE: &str = "POST /v1/activations/act_1/deactivate";

/// A request that came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Method and path.
    pub(crate) line: String,
    /// By their names in small letters.
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: Value,
}

/// What to say instead of what the vendor says.
#[derive(Clone)]
pub(crate) enum Reply {
    /// Status, headers beside the length, body.
    Say(u16, Vec<(String, String)>, Vec<u8>),
    /// The vendor's own answer after it was changed: headers and body.
    Changed(fn(&mut Vec<(String, String)>, &mut Vec<u8>)),
    /// Nothing, ever.
    Silence,
    /// Closes the connection.
    HangUp,
}

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    vendor: Mutex<Vendor>,
    replies: Mutex<HashMap<String, VecDeque<Reply>>>,
    requests: Mutex<Vec<Request>>,
    silent: Mutex<Vec<TcpStream>>,
    ended: AtomicBool,
}

impl Reply {
    pub(crate) fn status(status: u16) -> Self {
        Self::Say(status, Vec::new(), Vec::new())
    }

    pub(crate) fn html(status: u16) -> Self {
        let headers = vec![("content-type".to_owned(), "text/html".to_owned())];
        Self::Say(status, headers, b"<h1>Please sign in</h1>".to_vec())
    }

    pub(crate) fn problem(status: u16, code: &str) -> Self {
        let body = json!({
            "type": format!("/problems/{code}"),
            "title": "No",
            "status": status,
            "code": code,
            "detail": format!("The server says {code}."),
            "fix": "Do something else.",
            "errors": [],
            "context": null,
        });
        let media_type = "application/problem+json";
        let headers = vec![("content-type".to_owned(), media_type.to_owned())];
        Self::Say(status, headers, serde_json::to_vec(&body).unwrap())
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        if let Self::Say(_, headers, _) = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        let serving = Arc::clone(&shared);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if serving.ended.load(Ordering::SeqCst) {
                    break;
                }
                // A client that goes away is no fault of the server's.
                let _ = stream.and_then(|stream| serving.serve(stream));
            }
        });
        Self {
            address,
            shared,
            thread: Some(thread),
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What the server says from now on.
    pub(crate) fn vendor(&self) -> MutexGuard<'_, Vendor> {
        self.shared.vendor.lock().unwrap()
    }

    /// Says this first, each once, whenever it is asked for that.
    pub(crate) fn script(&self, line: &str, replies: impl IntoIterator<Item = Reply>) {
        let mut scripts = self.shared.replies.lock().unwrap();
        scripts.entry(line.to_owned()).or_default().extend(replies);
    }

    /// The requests for that, so far.
    pub(crate) fn requests(&self, line: &str) -> Vec<Request> {
        let requests = self.shared.requests.lock().unwrap();
        let asked = requests.iter().filter(|request| request.line == line);
        asked.cloned().collect()
    }

    /// All requests so far, by method and path.
    pub(crate) fn lines(&self) -> Vec<String> {
        let requests = self.shared.requests.lock().unwrap();
        requests
            .iter()
            .map(|request| request.line.clone())
            .collect()
    }

    /// Is no longer there.
    pub(crate) fn stop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Shared {
    fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let request = read(&stream)?;
        let scripted = self
            .replies
            .lock()
            .unwrap()
            .get_mut(&request.line)
            .and_then(VecDeque::pop_front);
        let own = || self.own(&request);
        self.requests.lock().unwrap().push(request.clone());
        let (status, headers, body) = match scripted {
            None => own(),
            Some(Reply::Say(status, headers, body)) => (status, headers, body),
            Some(Reply::Changed(change)) => {
                let (status, mut headers, mut body) = own();
                change(&mut headers, &mut body);
                (status, headers, body)
            }
            Some(Reply::Silence) => {
                self.silent.lock().unwrap().push(stream);
                return Ok(());
            }
            Some(Reply::HangUp) => return Ok(()),
        };
        write(&stream, status, &headers, &body)
    }

    /// What the vendor says.
    fn own(&self, request: &Request) -> (u16, Vec<(String, String)>, Vec<u8>) {
        let vendor = self.vendor.lock().unwrap();
        let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        let body = match request.line.as_str() {
            VALIDATE => {
                let body = vendor.answer_to(&request.body["nonce"]);
                headers.push(("latchkey-signature".to_owned(), vendor.sign(&body)));
                body
            }
            TRUST => vendor.trust_bundle(),
            ACTIVATE | DEACTIVATE => br#"{"change":null,"item":{"id":"act_1"}}"#.to_vec(),
            _ => return (404, Vec::new(), Vec::new()),
        };
        (200, headers, body)
    }
}

fn read(stream: &TcpStream) -> std::io::Result<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let line = line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let mut headers = HashMap::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let Some((name, value)) = header.trim().split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length");
    let length = length.map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let body = serde_json::from_slice(&body).unwrap_or_default();
    Ok(Request {
        line,
        headers,
        body,
    })
}

fn write(
    mut stream: &TcpStream,
    status: u16,
    headers: &[(String, String)],
    body: &[u8],
) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 {status} As asked\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if !head.contains("transfer-encoding") {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    stream.write_all(head.as_bytes())?;
    stream.write_all(b"\r\n")?;
    stream.write_all(body)
}
