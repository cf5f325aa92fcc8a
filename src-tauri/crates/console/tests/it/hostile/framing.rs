//! Requests that two readers would read differently: smuggling, bad lines, other protocols, no end in sight.

use super::{Good, Row};

const BAD: (u16, &str) = (400, "request-malformed");

/// Request lines and header lines.
pub(super) fn lines(good: &Good) -> Vec<Row> {
    let line = "POST /v1/ai/text HTTP/1.1";
    let kind = "Content-Type: application/json";
    let mut rows: Vec<Row> = [
        "POST /v1/ai/text HTTP/1.0",
        "POST /v1/ai/text HTTP/1.0\r\nConnection: keep-alive",
        "POST /v1/ai/text HTTP/1.2",
        "POST /v1/ai/text HTTP/2.0",
        "POST /v1/ai/text http/1.1",
        "POST /v1/ai/text",
        "POST  /v1/ai/text HTTP/1.1",
        "POST /v1/ai/text  HTTP/1.1",
        "POST /v1/ai/text HTTP/1.1 ",
        "POST\t/v1/ai/text\tHTTP/1.1",
        " POST /v1/ai/text HTTP/1.1",
        "\r\nPOST /v1/ai/text HTTP/1.1",
        "P(ST /v1/ai/text HTTP/1.1",
        "POST /v1/ai/text#x HTTP/1.1",
        "POST \\v1\\ai\\text HTTP/1.1",
        "POST /v1/ai/t\u{e9}xt HTTP/1.1",
        "POST /v1/ai/text\u{0} HTTP/1.1",
        "POST /v1/ai/te\u{7f}xt HTTP/1.1",
        "REFUSED /v1/ai/text HTTP/1.1",
    ]
    .iter()
    .map(|to| good.row(line, to, BAD.0, BAD.1))
    .collect();
    rows.extend(
        [
            "Content-Type: application/json\r\n folded",
            "Content-Type: application/json\r\n\tfolded",
            "Content-Type:\r\n application/json",
            "Content-Type : application/json",
            "Content-Type: application/json\r\nno colon",
            "Content-Type: application/json\r\n: no name",
            "Content-Type: application/json\r\nX(: y",
            "Content-Type: application/json\r\nX\u{e9}: y",
            "Content-Type: application/json\r\nX: a\rb",
            "Content-Type: application/json\r\nX: a\u{0}b",
            "Content-Type: application/json\r\nX: a\u{7f}b",
            "Content-Type: application/json\nX: y",
            "Content-Type: application/json\r\r\nX: y",
            "Content-Type: application/json\r\nUpgrade: websocket\r\nConnection: Upgrade",
            "Content-Type: application/json\r\nUpgrade: h2c, websocket\r\nConnection: Upgrade",
        ]
        .iter()
        .map(|to| good.row(kind, to, BAD.0, BAD.1)),
    );
    rows.push(good.whole(good.text.replace("\r\n", "\n"), BAD.0, BAD.1));
    rows.push(good.whole("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", BAD.0, BAD.1));
    rows.push(good.whole("\n\n", BAD.0, BAD.1));
    rows
}

/// How long the body is: said twice, said badly, said in two ways.
pub(super) fn lengths(good: &Good) -> Vec<Row> {
    let (_, body) = good.text.split_once("\r\n\r\n").unwrap();
    let (length, chunked) = (format!("Content-Length: {}", body.len()), "Transfer-Encoding: chunked");
    let mut table = vec![
        format!("{length}\r\n{chunked}"),
        format!("{chunked}\r\n{length}"),
        format!("{length}\r\n{length}"),
        format!("{length}\r\ncontent-length: 0"),
        format!("Content-Length: 0\r\n{length}"),
        format!("{chunked}\r\n{chunked}"),
        format!("{chunked}\r\nTransfer-Encoding: identity"),
        format!("Content-Length: {0}, {0}", body.len()),
        format!("Content-Length: +{}", body.len()),
        format!("Content-Length: {:#x}", body.len()),
        format!("Content-Length: {}.0", body.len()),
        format!("Content-Length : {}", body.len()),
        format!("Content-Length:\u{b}{}", body.len()),
        "Content-Length: -1".to_owned(),
        "Content-Length:".to_owned(),
        "Content-Length: 99999999999999999999".to_owned(),
    ];
    for coding in
        ["gzip", "identity", "chunked, identity", "gzip, chunked", "xchunked", "chunked;x", "\"chunked\""]
    {
        table.push(format!("Transfer-Encoding: {coding}"));
    }
    table.push("Transfer-Encoding : chunked".to_owned());
    table.push("Transfer-Encoding:\u{b}chunked".to_owned());
    table.iter().map(|lines| good.whole(good.framed(lines, body.as_bytes()), BAD.0, BAD.1)).collect()
}

/// Chunks that do not add up.
pub(super) fn chunks(good: &Good) -> Vec<Row> {
    let (_, body) = good.text.split_once("\r\n\r\n").unwrap();
    let size = format!("{:x}", body.len());
    let long = "x".repeat(20_000);
    let bodies = [
        format!("zz\r\n{body}\r\n0\r\n\r\n"),
        format!("-{size}\r\n{body}\r\n0\r\n\r\n"),
        format!("+{size}\r\n{body}\r\n0\r\n\r\n"),
        format!("0x{size}\r\n{body}\r\n0\r\n\r\n"),
        format!("{size}\n{body}\r\n0\r\n\r\n"),
        format!("{size}\r\n{body}0\r\n\r\n"),
        format!("{size};a\nb\r\n{body}\r\n0\r\n\r\n"),
        format!("{size};{long}\r\n{body}\r\n0\r\n\r\n"),
        format!("fffffffffffffffff\r\n{body}\r\n0\r\n\r\n"),
        format!("\r\n{body}\r\n0\r\n\r\n"),
        format!("{size}\r\n{body}\r\n0\r\nX: {long}\r\n\r\n"),
    ];
    let chunked = |body: &String| good.framed("Transfer-Encoding: chunked", body.as_bytes());
    bodies.iter().map(|body| good.whole(chunked(body), 400, "body-invalid")).collect()
}

/// More than anybody needs.
pub(super) fn sizes(good: &Good) -> Vec<Row> {
    let kind = "Content-Type: application/json";
    let (_, body) = good.text.split_once("\r\n\r\n").unwrap();
    let long = "x".repeat(33 * 1024);
    let many: String = (0..97).map(|n| format!("X-{n}: y\r\n")).collect();
    let full = "x".repeat(1024 * 1024 + 1);
    let chunk = format!("{:x}\r\n{full}\r\n0\r\n\r\n", full.len());
    vec![
        good.row(kind, &format!("X: {long}\r\n{kind}"), 431, "head-too-large"),
        good.row(kind, &format!("X{long}: y\r\n{kind}"), 431, "head-too-large"),
        good.row(kind, &format!("{many}{kind}"), 431, "head-too-large"),
        good.row("/v1/ai/text", &format!("/v1/ai/text?{long}"), 431, "head-too-large"),
        good.row("POST ", &format!("{long} "), 431, "head-too-large"),
        // Without an end.
        good.whole(long.clone(), 431, "head-too-large"),
        good.whole(format!("POST /v1/ai/text HTTP/1.1\r\nX: {long}"), 431, "head-too-large"),
        good.whole(good.framed("Content-Length: 1048577", body.as_bytes()), 413, "body-too-large"),
        good.whole(good.framed("Content-Length: 999999999999999", body.as_bytes()), 413, "body-too-large"),
        good.whole(good.framed("Transfer-Encoding: chunked", chunk.as_bytes()), 413, "body-too-large"),
    ]
}
