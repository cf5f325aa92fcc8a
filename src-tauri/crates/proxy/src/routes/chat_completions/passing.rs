//! A streamed answer on its way in OpenAI's dialect: bytes unchanged where upstream speaks it, translated where not.

use bytes::Bytes;
use domain::{CallPhase, Cause};
use futures_util::stream;
use http::Response;
use http::header::{CONTENT_TYPE, HeaderValue};
use http_body::Frame;
use http_body_util::{BodyExt as _, StreamBody};
use providers::{Meter, StreamTranslator};
use serde_json::json;

use crate::body::{Body, Cut};
use crate::call::Call;
use crate::upstream::{Chunks, Reply};

/// Dropped with its caller, it closes the upstream connection and hands in the call's record.
struct Passing {
    chunks: Chunks,
    meter: Meter,
    translator: Option<Box<dyn StreamTranslator>>,
    call: Call,
    begun: bool,
}

/// The reply that passes `reply` on.
pub(super) fn stream(
    reply: Reply,
    call: Call,
    meter: Meter,
    translator: Option<Box<dyn StreamTranslator>>,
) -> Response<Body> {
    let passing = Passing { chunks: reply.chunks(), meter, translator, call, begun: false };
    let frames = stream::unfold(Some(passing), |passing| async move { passing?.next().await });
    let mut response = Response::new(StreamBody::new(frames).boxed_unsync());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    response
}

type Next = Option<(Result<Frame<Bytes>, Cut>, Option<Passing>)>;

impl Passing {
    async fn next(mut self) -> Next {
        match self.chunks.next().await {
            Ok(Some(chunk)) => {
                if !std::mem::replace(&mut self.begun, true) {
                    self.call.reached(CallPhase::FirstByte);
                }
                self.meter.push(&chunk);
                self.call.got(chunk.len());
                let out = match &mut self.translator {
                    None => chunk,
                    Some(translator) => {
                        let mut out = Vec::new();
                        translator.push(&chunk, &mut out);
                        out.into()
                    }
                };
                Some((Ok(Frame::data(out)), Some(self)))
            }
            Ok(None) => self.end(),
            Err(cause) => Some(self.fail(cause)),
        }
    }

    fn end(mut self) -> Next {
        self.call.metered(self.meter.used(), true);
        let mut out = Vec::new();
        match self.translator.as_mut().map_or(Ok(()), |translator| translator.end(&mut out)) {
            Ok(()) => self.call.succeeded(),
            Err(cause) => self.call.ended_with(200, Some(cause)),
        }
        (!out.is_empty()).then(|| (Ok(Frame::data(out.into())), None))
    }

    fn fail(mut self, cause: Cause) -> (Result<Frame<Bytes>, Cut>, Option<Self>) {
        self.call.metered(self.meter.used(), false);
        self.call.ended_with(200, Some(cause));
        let error = json!({ "error": {
            "message": cause.message(), "type": "upstream_error", "code": cause.word(), "param": null,
        } });
        (Ok(Frame::data(format!("data: {error}\n\n").into())), None)
    }
}
