//! The OpenAPI document against the running proxy: what each route really answers, good and bad, is what it says.

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::support::*;

struct Document(Value);

impl Document {
    /// A validator for a part of the document, which may refer to all of it.
    fn validator(&self, schema: &Value) -> Validator {
        let mut whole = schema.clone();
        whole["components"] = self.0["components"].clone();
        jsonschema::draft202012::new(&whole).unwrap()
    }

    fn operation(&self, method: &str, path: &str) -> &Value {
        let operation = &self.0["paths"][path][method];
        assert!(operation.is_object(), "{method} {path} is not described");
        operation
    }

    fn valid(&self, schema: &Value, value: &Value, what: &str) {
        assert!(schema.is_object(), "{what}: no schema");
        let found: Vec<String> =
            self.validator(schema).iter_errors(value).map(|error| error.to_string()).collect();
        assert!(found.is_empty(), "{what}: {found:?} in {value}");
    }

    /// Whether a reply in JSON, good or bad, is the one described for its status; its headers too.
    fn agrees(&self, method: &str, path: &str, reply: &Reply) {
        let status = reply.status.to_string();
        let what = format!("{method} {path} {status} {}", reply.body);
        let described = &self.operation(method, path)["responses"][&status];
        let shared = described["$ref"].as_str().map(|to| self.0.pointer(&to[1..]).unwrap());
        let described = shared.unwrap_or(described);
        assert!(described.is_object(), "{what}: status not described");
        self.valid(&described["content"]["application/json"]["schema"], &reply.json(), &what);
        for (name, _) in described["headers"].as_object().unwrap() {
            let there = reply.head.contains(&format!("\r\n{}: ", name.to_lowercase()));
            assert!(there || name == "Retry-After", "{what}: no {name}");
        }
        if let Some(causes) = described["x-causes"].as_array() {
            let known = |entry: &Value| {
                entry["cause"] == reply.json()["cause"] && entry["code"] == reply.json()["code"]
            };
            assert!(causes.iter().any(known), "{what}: not among the causes");
        }
    }

    /// Whether a request is one the document allows.
    fn allows(&self, path: &str, body: &Value) {
        let schema = &self.operation("post", path)["requestBody"]["content"]["application/json"]["schema"];
        self.valid(schema, body, path);
    }

    /// Whether a stream's events are those described.
    fn streams(&self, path: &str, events: &[(String, Value)]) {
        let described =
            &self.operation("post", path)["responses"]["200"]["content"]["text/event-stream"]["x-events"];
        for (name, data) in events {
            let of_name = described.as_array().unwrap().iter().find(|event| event["event"] == name.as_str());
            self.valid(&of_name.unwrap_or_else(|| panic!("{path}: {name}"))["data"], data, name);
        }
    }
}

fn template() -> Value {
    let path =
        format!("{}/../domain/tests/golden/templates/email-table-no-alt.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

const PNG: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

fn requests() -> Vec<(&'static str, Value)> {
    let page = template();
    vec![
        ("/v1/ai/text", body("A title")),
        (
            "/v1/ai/metadata",
            json!({ "fields": ["subject", "description"], "template": page, "options": { "toneOfVoice": "Formal" } }),
        ),
        ("/v1/ai/summary", json!({ "template": page, "options": { "length": "detailed" } })),
        ("/v1/ai/sms", json!({ "template": page })),
        (
            "/v1/ai/alt-text",
            json!({ "images": [{ "moduleId": "m", "itemId": "i", "src": PNG }, { "moduleId": "n", "src": "data:image/png;base64,AAAA" }] }),
        ),
        ("/v1/ai/images", json!({ "prompt": "a boat", "aspectRatio": "3:2", "count": 2 })),
        ("/v1/ai/translate", json!({ "sourceLanguage": "en", "targetLanguage": "it", "template": page })),
        (
            "/v1/ai/translate",
            json!({ "sourceLanguage": "en", "targetLanguage": "it", "texts": ["One", "Two"] }),
        ),
        ("/v1/chat/completions", json!({ "messages": [{ "role": "user", "content": "Hi" }] })),
    ]
}

async fn sandbox() -> (Bench, Document, String) {
    let bench = Bench::openai().await;
    let add =
        json!({ "application": bench.application.application.id, "name": "Sandbox", "kind": "sandbox" });
    let provider: Value = call(&bench.console, "provider_add", add).await;
    for handle in ["ai-integration", "ai-translation", "ai-agent", "ai-alt-text", "ai-image-generation"] {
        bench.addon(handle, &[&provider["id"]]).await;
    }
    let bearer = format!("Bearer {}", bench.token().await);
    (bench, Document(proxy::openapi::document()), bearer)
}

#[tokio::test(flavor = "multi_thread")]
async fn good_replies_are_as_described() {
    let (bench, document, bearer) = sandbox().await;
    let headers = [("Authorization", bearer.as_str())];
    for path in ["/healthz", "/v1/session", "/v1/models"] {
        let reply = bench.get(path, &headers).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        document.agrees("get", path, &reply);
    }
    document.agrees("post", "/refreshV2", &bench.post("/refreshV2", &headers, &json!({})).await);
    let login = json!({ "client_id": bench.application.application.client_id,
        "client_secret": bench.application.client_secret, "uid": "mario-rossi" });
    document.allows("/loginV2", &login);
    document.agrees("post", "/loginV2", &bench.post("/loginV2", &[], &login).await);
    let (page, visitor) = ([("Origin", ORIGIN)], json!({ "uid": "mario-rossi" }));
    document.allows("/proxy/bee-auth", &visitor);
    for (on, status) in [(false, 403), (true, 200)] {
        let access =
            json!({ "application": bench.application.application.id, "bee_auth": on, "programs": true });
        let _: Value = call(&bench.console, "application_access", access).await;
        let reply = bench.post("/proxy/bee-auth", &page, &visitor).await;
        assert_eq!(reply.status, status, "{}", reply.body);
        document.agrees("post", "/proxy/bee-auth", &reply);
    }
    for (path, body) in requests() {
        if path != "/v1/chat/completions" {
            document.allows(path, &body);
        }
        let reply = bench.post(path, &headers, &body).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        document.agrees("post", path, &reply);
    }
    let link: Value =
        call(&bench.console, "preview_link", json!({ "application": bench.application.application.id }))
            .await;
    let code =
        link["url"].as_str().unwrap().split_once('#').unwrap().1.rsplit('=').next().unwrap().to_owned();
    let own = format!("http://127.0.0.1:{}", bench.port);
    let redeem = json!({ "code": code });
    document.allows("/demo/session", &redeem);
    for status in [200, 401] {
        let reply = bench.post("/demo/session", &[("Origin", &own)], &redeem).await;
        assert_eq!(reply.status, status, "{}", reply.body);
        document.agrees("post", "/demo/session", &reply);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_are_as_described() {
    let (bench, document, bearer) = sandbox().await;
    let headers = [("Authorization", bearer.as_str()), ("Accept", "text/event-stream")];
    for (path, body) in
        requests().into_iter().filter(|(path, _)| matches!(*path, "/v1/ai/text" | "/v1/ai/alt-text"))
    {
        let events = bench.post(path, &headers, &body).await.events();
        assert_eq!((events[0].0.as_str(), events.last().unwrap().0.as_str()), ("start", "done"), "{path}");
        document.streams(path, &events);
    }
    let chat = json!({ "messages": [{ "role": "user", "parts": [{ "text": "Improve it" }] }], "template": template() });
    document.allows("/v1/agent/chat", &chat);
    let complete = json!({ "messages": [{ "role": "user", "content": "Hi" }], "stream": true });
    for (path, body) in [("/v1/agent/chat", chat), ("/v1/chat/completions", complete)] {
        let reply = bench.post(path, &headers, &body).await;
        let data = reply.body.lines().filter_map(|line| line.strip_prefix("data: "));
        let events: Vec<_> =
            data.filter_map(|data| Some((String::new(), serde_json::from_str(data).ok()?))).collect();
        assert!(events.len() > 3, "{path}: {}", reply.body);
        document.streams(path, &events);
    }
    let mut broken = bench.post("/v1/ai/text", &headers, &json!({})).await.json();
    document.streams("/v1/ai/text", &[("error".to_owned(), broken.take())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_are_as_described() {
    let (bench, document, bearer) = sandbox().await;
    let headers = [("Authorization", bearer.as_str())];
    let foreign = [("Authorization", bearer.as_str()), ("Origin", "http://evil.example")];
    let wrong = [("Authorization", "Bearer")];
    for (path, body) in requests() {
        for (headers, body, status) in [
            (&headers[..], &json!("none of it"), 400),
            (&[][..], &body, 401),
            (&wrong[..], &body, 401),
            (&foreign[..], &body, 403),
        ] {
            let reply = bench.post(path, headers, body).await;
            assert_eq!(reply.status, status, "{path}: {}", reply.body);
            document.agrees("post", path, &reply);
        }
    }
    // No provider, then no AddOn.
    let id = bench.application.application.id;
    for (handle, paths) in [
        (
            "ai-integration",
            &["/v1/ai/text", "/v1/ai/sms", "/v1/ai/metadata", "/v1/ai/summary", "/v1/chat/completions"][..],
        ),
        ("ai-translation", &["/v1/ai/translate"]),
        ("ai-alt-text", &["/v1/ai/alt-text"]),
        ("ai-image-generation", &["/v1/ai/images"]),
    ] {
        let asked: Vec<_> = requests().into_iter().filter(|(path, _)| paths.contains(path)).collect();
        assert!(asked.len() >= paths.len());
        bench.addon(handle, &[]).await;
        for (path, body) in &asked {
            let reply = bench.post(path, &headers, body).await;
            assert_eq!((reply.status, reply.cause().as_str()), (503, "no-provider"), "{path}");
            document.agrees("post", path, &reply);
        }
        let _: Value =
            call(&bench.console, "addon_remove", json!({ "application": id, "handle": handle })).await;
        for (path, body) in &asked {
            let reply = bench.post(path, &headers, body).await;
            assert_eq!((reply.status, reply.cause().as_str()), (404, "addon-unknown"), "{path}");
            document.agrees("post", path, &reply);
        }
    }
    let login = json!({ "client_id": "x", "client_secret": "y", "uid": "z" });
    document.agrees("post", "/loginV2", &bench.post("/loginV2", &[], &login).await);
    for path in ["/v1/session", "/v1/models", "/metrics"] {
        document.agrees("get", path, &bench.get(path, &[]).await);
    }
    for (described, path) in [
        ("/v1/files/{id}/{folder}/{file}", "/v1/files/x/y/z"),
        ("/demo/{file}", "/demo/none"),
        ("/sdk/{file}", "/sdk/none"),
        ("/providers/{name}/{path}", "/providers/none/v1/models"),
    ] {
        document.agrees("get", described, &bench.get(path, &headers).await);
    }
}

/// A provider's refusals reach the caller as described, on every status they come with.
#[tokio::test(flavor = "multi_thread")]
async fn upstream_refusals_are_as_described() {
    let bench = Bench::openai().await;
    let document = Document(proxy::openapi::document());
    for status in [400, 401, 403, 404, 429, 500, 503] {
        let body = json!({ "error": { "message": "no", "type": "x", "code": null } });
        let server =
            testkit::scripted::Scripted::start(None, move |_| testkit::scripted::Said::json(status, &body))
                .await;
        let (id, _) = bench.provider("openai", &format!("Scripted {status}"), &server.url(), json!({})).await;
        bench.addon("ai-integration", &[&id]).await;
        let reply = bench.write("A title", false).await;
        assert_eq!(reply.json()["detail"]["upstreamStatus"], status, "{}", reply.body);
        document.agrees("post", "/v1/ai/text", &reply);
    }
}
