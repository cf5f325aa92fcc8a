//! Pages of origins nobody allows, and browsers that hide theirs.

use super::{Good, Row};
use crate::support::ORIGIN;

pub(super) fn rows(good: &Good) -> Vec<Row> {
    let origin = format!("Origin: {ORIGIN}");
    let mut rows: Vec<Row> = [
        "Origin: null",
        "Origin:",
        "Origin: *",
        "Origin: https://evil.example",
        "Origin: https://localhost:3000",
        "Origin: HTTP://localhost:3000",
        "Origin: http://LOCALHOST:3000",
        "Origin: http://localhost:3001",
        "Origin: http://localhost:300",
        "Origin: http://localhost:30000",
        "Origin: http://localhost:03000",
        "Origin: http://localhost",
        "Origin: http://localhost.:3000",
        "Origin: http://localhost:3000.evil.example",
        "Origin: http://evil.example/http://localhost:3000",
        "Origin: http://evil.localhost:3000",
        "Origin: http://localhost:3000/",
        "Origin: http://localhost:3000/path",
        "Origin: http://localhost:3000?",
        "Origin: http://user@localhost:3000",
        "Origin: http://localhost:3000@evil.example",
        "Origin: http://127.0.0.1:3000",
        "Origin: http://[::1]:3000",
        "Origin: http://127.0.0.1:PORT0",
        "Origin: https://127.0.0.1:PORT",
        "Origin: http://localhost:PORT",
        "Origin: http:localhost:3000",
        "Origin: http:\\\\localhost:3000",
        "Origin: ws://localhost:3000",
        "Origin: file://",
        "Origin: data:",
        "Origin: blob:http://localhost:3000",
        "Origin: about:blank",
        "Origin: chrome-extension://abcdefghijklmnopabcdefghijklmnop",
        "Origin: http://localhost:3000 https://evil.example",
        "Origin: http://localhost:3000, http://localhost:3000",
        "Origin: http://l\u{43e}calhost:3000",
        "Origin: http://localhost:3000\r\nOrigin: http://localhost:3000",
        "Origin: http://localhost:3000\r\norigin: https://evil.example",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: none",
        "Sec-Fetch-Site: evil",
        "Origin: http://localhost:3000\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Site: same-origin",
        "Referer: http://localhost:3000/\r\nSec-Fetch-Site: cross-site",
    ]
    .iter()
    .map(|to| good.row(&origin, to, 403, "origin-not-allowed"))
    .collect();
    // What a form on a foreign page can send without asking first.
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        let simple = good
            .with(&origin, "Origin: https://evil.example")
            .replace(&format!("{}\r\n", good.bearer()), "")
            .replace("application/json", kind);
        rows.push(good.whole(simple, 403, "origin-not-allowed"));
    }
    // Asking first, from a page nobody allows.
    for foreign in ["https://evil.example", "null", "http://localhost:3001"] {
        let preflight = format!(
            "OPTIONS /v1/ai/text HTTP/1.1\r\n{}\r\nOrigin: {foreign}\r\nAccess-Control-Request-Method: POST\r\n\
             Access-Control-Request-Private-Network: true\r\n\r\n",
            good.host()
        );
        rows.push(good.whole(preflight, 403, "origin-not-allowed"));
    }
    rows
}
