//! The sorts of calls, how often each comes, and how each must end.

use serde_json::{Value, json};

use crate::desk::{ORIGIN, SANDBOXED, WIRED};
use crate::upstream::{ENDLESS, REFUSE};

/// One sort of call.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) application: &'static str,
    addon: bool,
    streamed: bool,
    prompt: &'static str,
    origin: &'static str,
    pub(crate) status: u16,
    /// What the whole answer holds; of a call that is left, what its caller waits for.
    pub(crate) holds: &'static str,
    /// Its caller closes the connection in the middle of the answer.
    pub(crate) leaves: bool,
    /// What its row of activity says; `None`: the gate refuses it, so there is no row.
    pub(crate) cause: Option<&'static str>,
    /// Out of twenty.
    often: usize,
}

const PLAIN: Kind = Kind {
    name: "plain",
    application: WIRED,
    addon: false,
    streamed: false,
    prompt: "Hello",
    origin: ORIGIN,
    status: 200,
    holds: "A title",
    leaves: false,
    cause: Some("none"),
    often: 5,
};

pub(crate) const KINDS: [Kind; 11] = [
    PLAIN,
    Kind { name: "streamed", streamed: true, holds: "[DONE]", often: 4, ..PLAIN },
    Kind { name: "addon", addon: true, application: SANDBOXED, holds: "promptId", often: 3, ..PLAIN },
    Kind {
        name: "addon, streamed",
        addon: true,
        application: SANDBOXED,
        streamed: true,
        holds: "event: done",
        often: 1,
        ..PLAIN
    },
    Kind { name: "addon by upstream", addon: true, often: 1, ..PLAIN },
    Kind {
        name: "addon by upstream, streamed",
        addon: true,
        streamed: true,
        holds: "event: done",
        often: 1,
        ..PLAIN
    },
    Kind {
        name: "refused by the gate",
        origin: "http://evil.example",
        status: 403,
        holds: "origin-not-allowed",
        cause: None,
        often: 1,
        ..PLAIN
    },
    Kind {
        name: "refused by a rule",
        addon: true,
        prompt: "",
        status: 400,
        holds: "body-invalid",
        cause: Some("body-invalid"),
        often: 1,
        ..PLAIN
    },
    Kind {
        name: "refused by upstream",
        prompt: REFUSE,
        status: 400,
        holds: "invalid_request_error",
        cause: Some("upstream-rejected"),
        often: 1,
        ..PLAIN
    },
    Kind {
        name: "left",
        streamed: true,
        prompt: ENDLESS,
        holds: "word",
        leaves: true,
        cause: Some("client-gone"),
        often: 1,
        ..PLAIN
    },
    Kind {
        name: "addon, left",
        addon: true,
        streamed: true,
        prompt: ENDLESS,
        holds: "word",
        leaves: true,
        cause: Some("client-gone"),
        often: 1,
        ..PLAIN
    },
];

/// The sort of the call with this number: every twenty calls are alike, and no two neighbours of one sort wait in a row.
pub(crate) fn kind(number: usize) -> &'static Kind {
    // Seven and twenty have no divisor in common, so that all twenty places are visited.
    let mut place = number * 7 % 20;
    for kind in &KINDS {
        match place.checked_sub(kind.often) {
            Some(left) => place = left,
            None => return kind,
        }
    }
    &PLAIN
}

impl Kind {
    /// The request, ready to send.
    pub(crate) fn request(&self, port: u16, token: &str) -> Vec<u8> {
        let (path, body): (_, Value) = if self.addon {
            let module = json!({ "uuid": "m", "type": "TITLE", "content": "", "isDefault": true });
            let body = json!({ "handle": "ai-integration", "prompt": self.prompt, "module": module });
            ("/v1/ai/text", body)
        } else {
            let messages = json!([{ "role": "user", "content": self.prompt }]);
            let body = json!({ "model": "gpt-test", "stream": self.streamed, "messages": messages });
            ("/providers/Mine/chat/completions", body)
        };
        let (body, origin) = (body.to_string(), self.origin);
        let accept = if self.streamed { "text/event-stream" } else { "application/json" };
        format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\nAuthorization: Bearer {token}\r\n\
             Accept: {accept}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    }
}

#[test]
fn the_sorts_make_twenty() {
    assert_eq!(KINDS.iter().map(|kind| kind.often).sum::<usize>(), 20);
    for each in &KINDS {
        let came = (0..2000).filter(|number| kind(*number).name == each.name).count();
        assert_eq!(came, 100 * each.often, "{}", each.name);
    }
}
