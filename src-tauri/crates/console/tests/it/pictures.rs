//! Alternate text and image generation: what is asked of each kind of provider, what comes back, what is counted.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use testkit::scripted::{Asked, Said, Scripted};

use crate::support::*;

/// A PNG of one pixel.
const PNG: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

fn src() -> String {
    format!("data:image/png;base64,{PNG}")
}

fn image(module: &str, src: &str) -> Value {
    json!({ "moduleId": module, "src": src })
}

fn vision(asked: &Asked) -> Said {
    match asked.nth {
        1 => Said::json(
            400,
            &json!({ "error": { "code": "InvalidRequest", "innererror": { "code": "InvalidImageSize" } } }),
        ),
        nth => Said::json(
            200,
            &json!({ "captionResult": { "text": format!("a boat {nth}"), "confidence": 0.9 } }),
        ),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_image_is_an_entry_and_is_not_counted() {
    let bench = Bench::openai().await;
    let server = Scripted::start(None, vision).await;
    let (id, key) = bench.provider("azure-vision", "Eyes", &server.url(), json!({})).await;
    bench.addon("ai-alt-text", &[&id]).await;
    let body = json!({ "images": [
        { "moduleId": "m1", "itemId": "i1", "src": src() },
        image("m2", &src()),
        image("m3", "data:image/svg+xml;base64,PHN2Zy8+"),
        image("m4", "http://127.0.0.1:9/inside.png"),
        image("m5", &src()),
    ] });
    let reply = bench.page("/v1/ai/alt-text", &body).await;
    let json = reply.json();
    assert_eq!(reply.status, 200, "{}", reply.body);
    let causes: Vec<&str> = json["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["error"]["cause"].as_str().unwrap_or("ok"))
        .collect();
    assert_eq!(causes, ["ok", "image-rejected", "image-unsupported", "image-unreachable", "ok"]);
    assert_eq!(json["results"][0], json!({ "moduleId": "m1", "itemId": "i1", "alt": "A boat 0" }));
    assert_eq!((&json["consumedImages"], &json["provider"]["type"]), (&json!(2), &json!("azure-vision")));
    let asked = &server.asked()[0];
    assert_eq!(asked.body, STANDARD.decode(PNG).unwrap());
    assert_eq!(asked.header("ocp-apim-subscription-key"), key.key());
    assert!(asked.target.contains("features=caption") && asked.target.contains("api-version="));
    let row = &bench.activity().await[0];
    assert_eq!(
        (&row["route"], &row["images"], &row["addon"]),
        (&json!("alt-text"), &json!(2), &json!("ai-alt-text"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_comes_image_by_image() {
    let bench = Bench::openai().await;
    let server = Scripted::start(None, vision).await;
    let (id, _) = bench.provider("azure-vision", "Eyes", &server.url(), json!({})).await;
    bench.addon("ai-alt-text", &[&id]).await;
    let bearer = format!("Bearer {}", bench.token().await);
    let headers = [("Origin", ORIGIN), ("Authorization", bearer.as_str()), ("Accept", "text/event-stream")];
    let body = json!({ "images": [image("a", &src()), image("b", &src()), image("c", &src())] });
    let reply = bench.post("/v1/ai/alt-text", &headers, &body).await;
    let events = reply.events();
    let names: Vec<&str> = events.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["start", "result", "result", "result", "done"], "{}", reply.body);
    assert_eq!(events[0].1["total"], 3);
    assert_eq!((&events[2].1["done"], &events[2].1["error"]["cause"]), (&json!(2), &json!("image-rejected")));
    assert_eq!(events[4].1["consumedImages"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_in_every_images_way_fails_the_call_and_asks_once() {
    let bench = Bench::openai().await;
    let denied =
        json!({ "error": { "code": "401", "message": "Access denied due to invalid subscription key" } });
    let server = Scripted::start(None, move |_| Said::json(401, &denied)).await;
    let (id, _) = bench.provider("azure-vision", "Eyes", &server.url(), json!({})).await;
    bench.addon("ai-alt-text", &[&id]).await;
    let body = json!({ "images": [image("a", &src()), image("b", &src())] });
    let reply = bench.page("/v1/ai/alt-text", &body).await;
    assert_eq!((reply.status, reply.cause().as_str()), (502, "key-rejected"), "{}", reply.body);
    assert_eq!(server.asked().len(), 1);
    for bad in [json!({ "images": [] }), json!({ "images": [image("a", &src())], "language": "no tag" })] {
        assert_eq!(bench.page("/v1/ai/alt-text", &bad).await.cause(), "body-invalid");
    }
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_sees_describes_too() {
    let bench = Bench::openai().await;
    bench.addon("ai-alt-text", &[&bench.provider["id"]]).await;
    let body = json!({ "images": [image("a", &src())], "language": "it" });
    let reply = bench.page("/v1/ai/alt-text", &body).await;
    assert_eq!(reply.json()["consumedImages"], 1, "{}", reply.body);
    let asked: Value = serde_json::from_slice(&bench.upstream.last_request().unwrap().body).unwrap();
    let parts = &asked["messages"][1]["content"];
    assert_eq!(parts[1]["image_url"]["url"], src());
    assert!(asked["messages"][0]["content"].as_str().unwrap().contains("tag it"));
    assert!(bench.activity().await[0]["usage"]["total_tokens"].as_u64().unwrap() > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_made_kept_and_served_by_an_unguessable_path() {
    let bench = Bench::openai().await;
    let server = Scripted::start(None, |asked| match asked.nth {
        2 => Said::json(403, &json!({ "id": "1", "name": "content_moderation", "errors": ["no"] })),
        _ => Said::json(200, &json!({ "image": PNG, "seed": 1, "finish_reason": "SUCCESS" })),
    })
    .await;
    let (id, _) = bench.provider("stability", "Painter", &server.url(), json!({})).await;
    bench.addon("ai-image-generation", &[&id]).await;
    let order = json!({ "prompt": "a boat for Ada Lovelace", "negativePrompt": "people", "aspectRatio": "16:9",
        "style": "anime", "seed": 7, "count": 3, "folderName": "Spring / sale" });
    let reply = bench.page("/v1/ai/images", &order).await;
    let json = reply.json();
    // The third was refused; two were paid for and are given.
    assert_eq!(json["consumedImages"], 2, "{}", reply.body);
    let picture = &json["images"][0];
    assert_eq!(
        (&picture["width"], &picture["height"], &picture["folder"]),
        (&json!(1), &json!(1), &json!("Spring / sale"))
    );
    let form = String::from_utf8_lossy(&server.asked()[1].body).into_owned();
    for part in [
        "name=\"prompt\"\r\n\r\na boat",
        "\r\n\r\npeople",
        "\r\n\r\n16:9",
        "\r\n\r\nanime",
        "name=\"seed\"\r\n\r\n8",
    ] {
        assert!(form.contains(part), "{part}: {form}");
    }
    let url = picture["url"].as_str().unwrap();
    let path = url.strip_prefix(&format!("http://127.0.0.1:{}", bench.port)).unwrap();
    let get = |path: String| {
        let port = bench.port;
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nSec-Fetch-Site: cross-site\r\n\r\n")
    };
    let file = bench.raw(&get(path.to_owned())).await;
    assert_eq!(file.status, 200);
    assert!(
        file.head.contains("content-type: image/png")
            && file.head.contains("cross-origin-resource-policy: cross-origin")
    );
    let guessed = path.replace(&path[10..14], "0000");
    assert_eq!(bench.raw(&get(guessed)).await.status, 404);
    // Described from the shelf, without the network.
    bench.addon("ai-alt-text", &[&bench.provider["id"]]).await;
    let described = bench.page("/v1/ai/alt-text", &json!({ "images": [image("a", url)] })).await;
    assert_eq!(described.json()["consumedImages"], 1, "{}", described.body);
    // Invariant 3: names of people, folders and prompts are nowhere on disk.
    for file in std::fs::read_dir(bench.data_dir().join("images")).unwrap() {
        assert_eq!(file.unwrap().file_name().len(), 32);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sdxl_and_openai_are_asked_in_their_own_words() {
    let bench = Bench::openai().await;
    let server = Scripted::start(None, |asked| {
        let answer = if asked.target.starts_with("/v1/generation") {
            json!({ "artifacts": [{ "base64": PNG, "finishReason": "SUCCESS", "seed": 1 }] })
        } else {
            json!({ "data": [{ "b64_json": PNG }] })
        };
        Said::json(200, &answer)
    })
    .await;
    let sdxl = json!({ "model": "stable-diffusion-xl-1024-v1-0" });
    let (first, _) = bench.provider("stability", "SDXL", &server.url(), sdxl).await;
    let (second, _) = bench
        .provider(
            "openai",
            "GPT Image",
            &server.url(),
            json!({ "options": { "image-model": "gpt-image-1.5" } }),
        )
        .await;
    let order = json!({ "prompt": "a boat", "aspectRatio": "4:3", "cfgScale": 9.5, "steps": 20 });
    for id in [&first, &second] {
        bench.addon("ai-image-generation", &[id]).await;
        assert_eq!(bench.page("/v1/ai/images", &order).await.status, 200);
    }
    let asked: Vec<Value> = server.asked().iter().map(Asked::json).collect();
    assert_eq!(
        (&asked[0]["width"], &asked[0]["height"], &asked[0]["cfg_scale"], &asked[0]["steps"]),
        (&json!(1152), &json!(896), &json!(9.5), &json!(20))
    );
    assert_eq!((&asked[1]["model"], &asked[1]["size"]), (&json!("gpt-image-1.5"), &json!("1536x1024")));
    for bad in [
        json!({ "prompt": "" }),
        json!({ "prompt": "x", "style": "cubist" }),
        json!({ "prompt": "x", "aspectRatio": "2:1" }),
    ] {
        assert_eq!(bench.page("/v1/ai/images", &bad).await.cause(), "body-invalid");
    }
}
