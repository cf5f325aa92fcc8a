//! Hosts that are not the proxy's, and targets that are not its routes.

use super::{Good, Row};

pub(super) fn rows(good: &Good) -> Vec<Row> {
    let host = good.host();
    let row = |to: &str| good.row(&host, to, 421, "host-not-allowed");
    let other = format!("Host: 127.0.0.1:{}", good.port ^ 1);
    let mut rows: Vec<Row> = [
        "evil.example",
        "evil.example:PORT",
        "127.0.0.1",
        "localhost",
        "[::1]",
        "0.0.0.0:PORT",
        "[::]:PORT",
        "127.0.0.1:PORT.evil.example",
        "127.0.0.1.nip.io:PORT",
        "LOCALHOST:PORT",
        "Localhost:PORT",
        "localhost.:PORT",
        "localhost.localdomain:PORT",
        "ip6-localhost:PORT",
        "evil.localhost:PORT",
        "user@127.0.0.1:PORT",
        "user:secret@localhost:PORT",
        "127.0.0.1:PORT@evil.example",
        "[::ffff:127.0.0.1]:PORT",
        "[0:0:0:0:0:0:0:1]:PORT",
        "[::1%25lo]:PORT",
        "::1:PORT",
        "127.1:PORT",
        "127.0.0.2:PORT",
        "2130706433:PORT",
        "0x7f.0.0.1:PORT",
        "0177.0.0.1:PORT",
        "127.0.0.1:0PORT",
        "127.0.0.1:PORT/",
        "127.0.0.1:PORT#",
        "http://127.0.0.1:PORT",
        "127.0.0.1:PORT, evil.example",
        "127.0.0.1 :PORT",
        "",
        "127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT",
        "127.0.0.1:PORT\r\nhost: evil.example",
        "evil.example\r\nHost: 127.0.0.1:PORT",
        "evil.example\r\nX-Forwarded-Host: 127.0.0.1:PORT",
        "evil.example\r\nForwarded: host=127.0.0.1:PORT",
        "evil.example\r\nX-Forwarded-For: 127.0.0.1",
        "l\u{43e}calhost:PORT",
    ]
    .iter()
    .map(|name| row(&format!("Host: {name}")))
    .collect();
    rows.push(row(&other));
    rows.push(good.row(&format!("{host}\r\n"), "", 421, "host-not-allowed"));
    rows
}

pub(super) fn paths(good: &Good) -> Vec<Row> {
    let line = "POST /v1/ai/text HTTP/1.1";
    let table = [
        ("POST http://127.0.0.1:PORT/v1/ai/text HTTP/1.1", 421, "host-not-allowed"),
        ("POST http://evil.example/v1/ai/text HTTP/1.1", 421, "host-not-allowed"),
        ("POST https://127.0.0.1:PORT/v1/ai/text HTTP/1.1", 421, "host-not-allowed"),
        ("POST http://user@127.0.0.1:PORT/v1/ai/text HTTP/1.1", 421, "host-not-allowed"),
        ("CONNECT 127.0.0.1:PORT HTTP/1.1", 421, "host-not-allowed"),
        ("POST 127.0.0.1:PORT HTTP/1.1", 421, "host-not-allowed"),
        ("POST * HTTP/1.1", 404, "route-unknown"),
        ("OPTIONS * HTTP/1.1", 404, "route-unknown"),
        ("POST //127.0.0.1/v1/ai/text HTTP/1.1", 404, "route-unknown"),
        ("POST /v1/ai/nothing HTTP/1.1", 404, "route-unknown"),
        ("POST /v1/ai/text/ HTTP/1.1", 404, "route-unknown"),
        ("POST /V1/AI/TEXT HTTP/1.1", 404, "route-unknown"),
        ("POST /v1//ai/text HTTP/1.1", 404, "route-unknown"),
        ("POST /v1/ai/../ai/text HTTP/1.1", 404, "route-unknown"),
        ("POST /v1/ai/%74ext HTTP/1.1", 404, "route-unknown"),
        ("POST /v1/ai/text%00 HTTP/1.1", 404, "route-unknown"),
        ("POST /v1/ai/text;x=1 HTTP/1.1", 404, "route-unknown"),
        ("POST /metrics HTTP/1.1", 405, "method-not-allowed"),
        ("GET /metrics HTTP/1.1", 404, "metrics-off"),
        ("PUT /v1/ai/text HTTP/1.1", 405, "method-not-allowed"),
        ("GET /v1/ai/text HTTP/1.1", 405, "method-not-allowed"),
        ("PATCH /v1/ai/text HTTP/1.1", 405, "method-not-allowed"),
        ("DELETE /v1/ai/text HTTP/1.1", 405, "method-not-allowed"),
        ("TRACE /v1/ai/text HTTP/1.1", 405, "method-not-allowed"),
        ("OPTIONS /v1/ai/text HTTP/1.1", 405, "method-not-allowed"),
        ("post /v1/ai/text HTTP/1.1", 405, "method-not-allowed"),
        ("EVIL /v1/ai/text HTTP/1.1", 405, "method-not-allowed"),
        ("GET /v1/ai/text HTTP/1.1\r\nX-HTTP-Method-Override: POST", 405, "method-not-allowed"),
    ];
    table.iter().map(|(to, status, cause)| good.row(line, to, *status, cause)).collect()
}
