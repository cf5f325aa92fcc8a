//! Connections to this machine are kept, replaced and let go, against a server that is written by hand.

use http_body_util::BodyExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::*;

const REPLY: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

/// A server whose every connection answers as often as `answers` says, then closes. Tells the number of a connection
/// when it opens, and 0 when its caller closed it.
async fn server(reply: &'static str, answers: usize) -> (Url, mpsc::UnboundedReceiver<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://localhost:{}/v1?q=1", listener.local_addr().unwrap().port());
    let (tell, told) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        for number in 1.. {
            let (mut stream, _) = listener.accept().await.unwrap();
            tell.send(number).unwrap();
            let tell = tell.clone();
            tokio::spawn(async move {
                let mut seen = vec![0; 4096];
                for _ in 0..answers {
                    let length = stream.read(&mut seen).await.unwrap_or(0);
                    if length == 0 {
                        let _ = tell.send(0);
                        return;
                    }
                    assert!(seen.starts_with(b"POST /v1?q=1 HTTP/1.1\r\n"), "{:?}", &seen[..length]);
                    stream.write_all(reply.as_bytes()).await.unwrap();
                }
            });
        }
    });
    (Url::parse(&url).unwrap(), told)
}

async fn ask(here: &Here, url: &Url) -> Result<Response<Carried>, Cause> {
    here.send(Method::POST, url, HeaderMap::new(), Bytes::from_static(b"{}")).await
}

async fn text(response: Response<Carried>) -> Bytes {
    response.into_body().collect().await.unwrap().to_bytes()
}

#[tokio::test]
async fn one_connection_serves_one_request_after_the_other() {
    let (url, mut told) = server(REPLY, usize::MAX).await;
    let here = Here::default();
    for _ in 0..5 {
        assert_eq!(text(ask(&here, &url).await.unwrap()).await, "ok");
    }
    assert_eq!((told.recv().await, told.try_recv().ok()), (Some(1), None));
}

#[tokio::test]
async fn a_reply_whose_announced_bytes_are_there_gives_its_connection_back() {
    let (url, mut told) = server(REPLY, usize::MAX).await;
    let here = Here::default();
    for _ in 0..3 {
        let mut response = ask(&here, &url).await.unwrap();
        assert_eq!(response.body_mut().frame().await.unwrap().unwrap().into_data().unwrap(), "ok");
    }
    assert_eq!((told.recv().await, told.try_recv().ok()), (Some(1), None));
}

#[tokio::test]
async fn two_at_once_have_a_connection_each() {
    let (url, mut told) = server(REPLY, usize::MAX).await;
    let here = Here::default();
    let both = tokio::join!(ask(&here, &url), ask(&here, &url));
    assert_eq!((text(both.0.unwrap()).await, text(both.1.unwrap()).await), ("ok".into(), "ok".into()));
    assert_eq!((told.recv().await, told.recv().await), (Some(1), Some(2)));
    assert_eq!(text(ask(&here, &url).await.unwrap()).await, "ok");
    assert!(told.try_recv().is_err(), "a third one");
}

#[tokio::test]
async fn a_connection_the_server_closed_is_replaced_without_a_word() {
    let (url, mut told) = server(REPLY, 1).await;
    let here = Here::default();
    for number in 1..=5 {
        assert_eq!(text(ask(&here, &url).await.unwrap()).await, "ok");
        assert_eq!(told.recv().await, Some(number));
    }
}

#[tokio::test]
async fn one_that_was_closed_while_it_waited_is_replaced_too() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://127.0.0.1:{}/v1", listener.local_addr().unwrap().port());
    let (url, here) = (Url::parse(&url).unwrap(), Here::default());
    for _ in 0..5 {
        let answers = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
            stream.write_all(REPLY.as_bytes()).await.unwrap();
            stream
        };
        let (response, stream) = tokio::join!(ask(&here, &url), answers);
        assert_eq!(text(response.unwrap()).await, "ok");
        assert_eq!(here.0.idle().lines.len(), 1);
        drop(stream);
        // The runtime looks at its sockets each time.
        for _ in 0..3 {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn a_reply_that_is_left_closes_its_connection() {
    let (url, mut told) = server("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok", usize::MAX).await;
    let here = Here::default();
    let mut response = ask(&here, &url).await.unwrap();
    assert_eq!(response.body_mut().frame().await.unwrap().unwrap().into_data().unwrap(), "ok");
    assert_eq!(told.recv().await, Some(1));
    drop(response);
    assert_eq!(told.recv().await, Some(0));
    drop(ask(&here, &url).await);
    assert_eq!(told.recv().await, Some(2));
}

#[tokio::test]
async fn a_reply_that_is_cut_is_an_error_and_so_is_a_server_that_is_not_there() {
    let (url, _told) = server("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok", 1).await;
    let here = Here::default();
    assert!(ask(&here, &url).await.unwrap().into_body().collect().await.is_err());
    let (silent, _told) = server("", 1).await;
    assert_eq!(ask(&here, &silent).await.err(), Some(Cause::UpstreamUnreachable));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
    drop(listener);
    let nobody = Url::parse(&nobody).unwrap();
    assert_eq!(ask(&here, &nobody).await.err(), Some(Cause::ConnectionRefused));
}

#[tokio::test]
async fn a_connection_that_waited_too_long_is_closed() {
    let (url, mut told) = server(REPLY, usize::MAX).await;
    let here = Here::default();
    assert_eq!(text(ask(&here, &url).await.unwrap()).await, "ok");
    assert_eq!(told.recv().await, Some(1));
    tokio::time::pause();
    // With nothing else to do, time runs to the next look, and to the one after it.
    assert_eq!(told.recv().await, Some(0));
    assert!(here.0.idle().lines.is_empty());
    tokio::time::resume();
    assert_eq!(text(ask(&here, &url).await.unwrap()).await, "ok");
    assert_eq!(told.recv().await, Some(2));
}
