//! Invariant 7: a caller that goes away cancels the upstream call.

use testkit::upstream::Behaviour;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn invariant_7_a_caller_that_goes_away_cancels_the_upstream_call() {
    for (streamed, behaviour) in [(true, Behaviour::Stall(2)), (false, Behaviour::SlowFirstByte(60_000))] {
        let bench = Bench::openai().await;
        bench.upstream.set_behaviour(behaviour);
        let body = body("Hello").to_string();
        let accept = if streamed { "Accept: text/event-stream\r\n" } else { "" };
        let request = format!(
            "POST /v1/ai/text HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: {ORIGIN}\r\nAuthorization: Bearer {}\r\n{accept}\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            bench.port,
            bench.token().await,
            body.len()
        );
        let mut stream = TcpStream::connect(("127.0.0.1", bench.port)).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        assert!(bench.upstream.wait_for_requests(1).await);
        if streamed {
            let mut some = [0; 64];
            assert!(stream.read(&mut some).await.unwrap() > 0);
        }
        let mut events = bench.console.events();
        drop(stream);
        assert!(bench.upstream.wait_for_aborts(1).await, "streamed: {streamed}");
        let ended = async {
            loop {
                if let console::api::Event::Call { activity } = events.recv().await.unwrap() {
                    return activity;
                }
            }
        };
        let activity = tokio::time::timeout(std::time::Duration::from_secs(10), ended).await.unwrap();
        assert_eq!(activity.cause, Some(domain::Cause::ClientGone));
    }
}
