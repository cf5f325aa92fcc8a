//! Callers that take their time, or that never stop.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::desk::{Desk, good_answer};

/// What a caller may wait for an answer while others do their worst. Without them it takes a few milliseconds.
const PATIENCE: Duration = Duration::from_secs(3);

async fn is_served(desk: &Desk) {
    let since = Instant::now();
    let reply = desk.write().await;
    assert!(reply.starts_with("HTTP/1.1 200 OK") && reply.contains("A title"), "{reply}");
    assert!(since.elapsed() < PATIENCE, "{:?}", since.elapsed());
}

/// This end holds ten thousand sockets too. The program raises its own limit by itself.
fn raise_file_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
}

/// Opens connections, says the same on each, and leaves them open.
async fn come(port: u16, text: String, number: usize) -> Vec<TcpStream> {
    let mut open = Vec::with_capacity(number);
    for _ in 0..number {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        open.push(stream);
    }
    open
}

/// Reads until the other side closes; how long that took.
async fn closed(stream: &mut TcpStream) -> (Duration, Vec<u8>) {
    let (since, mut bytes) = (Instant::now(), Vec::new());
    let read = stream.read_to_end(&mut bytes);
    let _ = tokio::time::timeout(Duration::from_secs(30), read).await.expect("closed within 30 s");
    (since.elapsed(), bytes)
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_heads_and_slow_bodies_come_to_an_end() {
    let desk = Desk::start().await;
    desk.reply.lock().unwrap().clone_from(&good_answer());
    let host = format!("Host: 127.0.0.1:{}\r\n", desk.port);
    // One byte a second would take hours: the limit is for the whole head.
    let mut head = TcpStream::connect(("127.0.0.1", desk.port)).await.unwrap();
    let (mut read, mut write) = head.split();
    let since = Instant::now();
    let trickle = async {
        let text = format!("POST /loginV2 HTTP/1.1\r\n{host}");
        for byte in text.bytes().cycle() {
            if write.write_all(&[byte]).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    let mut bytes = Vec::new();
    tokio::select! {
        _ = read.read_to_end(&mut bytes) => {}
        () = trickle => {}
        () = tokio::time::sleep(Duration::from_secs(12)) => panic!("half a head was kept for 12 s"),
    }
    assert!(
        (Duration::from_secs(4)..Duration::from_secs(9)).contains(&since.elapsed()),
        "{:?}",
        since.elapsed()
    );
    // A body that never comes, on the one route that reads a body without a token.
    let mut body = TcpStream::connect(("127.0.0.1", desk.port)).await.unwrap();
    let text = format!(
        "POST /loginV2 HTTP/1.1\r\n{host}Content-Type: application/json\r\nConnection: close\r\nContent-Length: 10\r\n\r\n{{"
    );
    body.write_all(text.as_bytes()).await.unwrap();
    is_served(&desk).await;
    let (took, said) = closed(&mut body).await;
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(said.starts_with("HTTP/1.1 408") && said.contains("body-timeout"), "{said}");
    assert!(took < Duration::from_secs(20), "{took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_idle_callers_cost_little_and_keep_nobody_out() {
    let desk = Desk::start().await;
    desk.reply.lock().unwrap().clone_from(&good_answer());
    is_served(&desk).await;
    let (files, memory) = (desk.open_files(), desk.watch_memory());
    let host = format!("Host: 127.0.0.1:{}\r\n", desk.port);
    let no_body = format!(
        "POST /loginV2 HTTP/1.1\r\n{host}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n"
    );
    let half = format!("POST /v1/ai/text HTTP/1.1\r\n{host}X: ");
    raise_file_limit();
    let mut idlers = Vec::new();
    // Those whose head is whole are kept longest, so they come first.
    for (text, number) in [(no_body, 7000), (half, 1500), (String::new(), 1500)] {
        let comers = (0..10).map(|_| tokio::spawn(come(desk.port, text.clone(), number / 10)));
        for comer in comers.collect::<Vec<_>>() {
            idlers.extend(comer.await.unwrap());
        }
        is_served(&desk).await;
    }
    assert_eq!(idlers.len(), 10_000);
    // All of them at once, before the first is sent away.
    let all = desk.until(Duration::from_secs(2), |desk| desk.open_files() > files + 9_900).await;
    assert!(all, "{} of 10,000", desk.open_files() - files);
    for _ in 0..5 {
        is_served(&desk).await;
    }
    memory.grew_less_than(250);
    // Everybody is sent away in time, though nobody went by himself.
    assert!(desk.until(Duration::from_secs(25), |desk| desk.open_files() < files + 20).await);
    is_served(&desk).await;
    drop(idlers);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_line_is_cut_after_its_first_kilobytes() {
    let desk = Desk::start().await;
    desk.reply.lock().unwrap().clone_from(&good_answer());
    let memory = desk.watch_memory();
    let line = vec![b'x'; 64 * 1024];
    let floods = (0..50).map(|n| {
        let (port, line) = (desk.port, line.clone());
        tokio::spawn(async move {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
            let start = format!("POST /v1/ai/text HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-{n}: ");
            stream.write_all(start.as_bytes()).await.unwrap();
            // Goes on until nobody takes any more: the kernel's buffers hold some megabytes.
            let mut sent = 0;
            while sent < 64 * 1024 * 1024 && stream.write_all(&line).await.is_ok() {
                sent += line.len();
            }
            sent
        })
    });
    let floods: Vec<_> = floods.collect();
    is_served(&desk).await;
    for flood in floods {
        let sent = tokio::time::timeout(Duration::from_secs(20), flood).await.unwrap().unwrap();
        assert!(sent < 64 * 1024 * 1024, "nobody stopped it");
    }
    memory.grew_less_than(30);
}
