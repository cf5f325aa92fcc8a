//! Bodies of another type, in another coding, or that are not what the route takes.

use super::{Good, Row};

pub(super) fn rows(good: &Good) -> Vec<Row> {
    let kind = "Content-Type: application/json";
    let mut rows: Vec<Row> = [
        "X: no type",
        "Content-Type:",
        "Content-Type: text/plain",
        "Content-Type: text/plain; application/json",
        "Content-Type: text/json",
        "Content-Type: application/jsonp",
        "Content-Type: application/vnd.api+json",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Type: multipart/form-data; boundary=x",
        "Content-Type: application/json, text/plain",
        "Content-Type: application/json; charset=latin1",
        "Content-Type: application/json; charset=utf-16",
        "Content-Type: application/json; boundary=x",
        "Content-Type: application/json\r\nContent-Type: application/json",
        "Content-Type: application/json\r\nContent-Type: text/plain",
        "Content-Type: application/json\r\nContent-Encoding: gzip",
        "Content-Type: application/json\r\nContent-Encoding: br",
        "Content-Type: application/json\r\nContent-Encoding: identity",
    ]
    .iter()
    .map(|to| good.row(kind, to, 415, "content-type"))
    .collect();
    let (_, body) = good.text.split_once("\r\n\r\n").unwrap();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let utf16: Vec<u8> = body.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let twice = body.replacen("{\"handle\":", "{\"handle\":\"super\",\"handle\":", 1);
    for bad in [
        b"".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"{}".to_vec(),
        b"\"text\"".to_vec(),
        b"NaN".to_vec(),
        b"{\"handle\":\"ai-integration\"".to_vec(),
        body.replacen("\"prompt\":", "\"prompt\";", 1).into_bytes(),
        body.replacen("\"TITLE\"", "\"TABLE\"", 1).into_bytes(),
        body.replacen("\"Hello\"", "\"     \"", 1).into_bytes(),
        body.replacen("\"Hello\"", "5", 1).into_bytes(),
        body.replacen("\"Hello\"", "\"\\ud800\"", 1).into_bytes(),
        body.replacen("\"Hello\"", &format!("\"{}\"", "x".repeat(8001)), 1).into_bytes(),
        format!("{body}{body}").into_bytes(),
        format!("{body}\u{0}").into_bytes(),
        format!("\u{feff}{body}").into_bytes(),
        [body.as_bytes(), b"\xff"].concat(),
        body.replacen("Hello", "\u{1}", 1).into_bytes(),
        body.replacen("\"Hello\"", &deep, 1).into_bytes(),
        twice.into_bytes(),
        deep.into_bytes(),
        utf16,
    ] {
        rows.push(good.whole(good.body(&bad), 400, "body-invalid"));
    }
    let unknown = body.replacen("ai-integration", "ai-integratiom", 1);
    rows.push(good.whole(good.body(unknown.as_bytes()), 404, "addon-unknown"));
    rows
}
