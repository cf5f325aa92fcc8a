//! Providers from `.env` files and LiteLLM's `config.yaml`: what they become is shown first, what is there keeps what the
//! file does not say, and keys go to the server of the file or nowhere.

use console::api::{ApiError, Code};
use serde_json::{Value, json};

use crate::transfer_desk::{Desk, aside, lines};

const KEY: &str = "sk-canary-0123456789abcdef";

impl Desk {
    async fn look(&self, name: &str, text: &str) -> Result<Value, ApiError> {
        self.preview(&self.file(name, text), json!({ "application": "Spring Mailer" })).await
    }
}

fn provider<'a>(exported: &'a Value, name: &str) -> &'a Value {
    &exported["applications"]["Spring Mailer"]["providers"][name]
}

#[tokio::test]
async fn an_env_file_adds_providers_with_their_keys_and_can_be_run_again() {
    let desk = Desk::new().await;
    let text = format!(
        "OPENAI_API_KEY={KEY}\nDEEPL_AUTH_KEY=abc-0123456789:fx\nAZURE_OPENAI_API_KEY=k\nPATH=/bin\n"
    );
    let preview = desk.look(".env", &text).await.unwrap();
    assert_eq!(
        lines(&preview),
        ["provider DeepL added", "provider OpenAI added", "key OpenAI added", "key DeepL added"]
    );
    // Azure's resource and deployment are not in the file.
    assert_eq!(aside(&preview), ["PATH: unknown-name", "Azure OpenAI: incomplete"]);
    assert!(!preview.to_string().contains(&KEY[..8]));
    desk.apply(&preview).await.unwrap();
    let exported = desk.exported().await;
    // A free DeepL key goes to the free server.
    assert_eq!(provider(&exported, "DeepL")["base_url"], "https://api-free.deepl.com");
    let again = desk.look(".env", &text).await.unwrap();
    assert!(lines(&again).iter().all(|line| line.ends_with(" unchanged")), "{:?}", lines(&again));
    let list: Value = crate::support::call(
        &desk.bench.console,
        "provider_list",
        json!({ "application": desk.bench.application.application.id }),
    )
    .await;
    let openai = list["items"].as_array().unwrap().iter().find(|each| each["name"] == "OpenAI").unwrap();
    assert_eq!(openai["key_tail"], "cdef");
}

#[tokio::test]
async fn what_is_there_keeps_what_the_file_does_not_say_and_a_key_its_server() {
    let desk = Desk::new().await;
    desk.import(".env", &format!("OPENAI_API_KEY={KEY}\nOPENAI_MODEL=gpt-x\n")).await.unwrap();
    let before = desk.exported().await;
    // Another model is a change, and shown.
    let preview = desk.look(".env", &format!("OPENAI_API_KEY={KEY}\nOPENAI_MODEL=gpt-y\n")).await.unwrap();
    assert_eq!(lines(&preview), ["provider OpenAI changed", "key OpenAI unchanged"]);
    assert_eq!(preview["changes"][0]["fields"][0]["after"], "\"gpt-y\"");
    // Another key and no model: the model stays.
    let preview = desk.look(".env", "OPENAI_API_KEY=sk-other-0123456789\n").await.unwrap();
    assert_eq!(lines(&preview), ["provider OpenAI unchanged", "key OpenAI changed"]);
    desk.apply(&preview).await.unwrap();
    assert_eq!(desk.exported().await, before);
    // Another server: neither the provider nor its key.
    let preview = desk
        .look(".env", "OPENAI_API_KEY=sk-third-0123456789\nOPENAI_BASE_URL=https://evil.example/v1\n")
        .await
        .unwrap();
    assert_eq!(lines(&preview), ["provider OpenAI conflict"]);
    assert_eq!(aside(&preview), ["Spring Mailer / OpenAI: no-such-provider"]);
    desk.apply(&preview).await.unwrap();
    assert_eq!(desk.exported().await, before);
    let plain = desk.look(".env", "DEEPL_AUTH_KEY=k\nDEEPL_SERVER_URL=http://evil.example\n").await.unwrap();
    assert_eq!((lines(&plain), aside(&plain)), (vec![], vec!["DeepL: invalid-value".to_owned()]));
    assert_eq!(
        desk.preview(&desk.file(".env", "OPENAI_API_KEY=k\n"), json!({})).await.unwrap_err().code,
        Code::InvalidInput
    );
    let env = desk.file(".env", "OPENAI_API_KEY=k\n");
    let nobody = desk.preview(&env, json!({ "application": "Nobody" })).await;
    assert_eq!(nobody.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn a_litellm_file_is_completed_by_the_env_file_beside_it() {
    let desk = Desk::new().await;
    let config = "model_list:\n- model_name: writer\n  litellm_params: {model: openai/gpt-x, api_key: os.environ/MY_KEY}\n";
    let config = desk.file("config.yaml", config);
    let env = desk.file("litellm.env", &format!("MY_KEY={KEY}\n"));
    let request = json!({ "application": "Spring Mailer" });
    let alone = desk.preview(&config, request.clone()).await.unwrap();
    assert_eq!(
        (lines(&alone), aside(&alone)),
        (vec!["provider writer added".to_owned()], vec!["MY_KEY: in-environment".to_owned()])
    );
    let mut with = request;
    with["env"] = json!(env);
    let both = desk.preview(&config, with).await.unwrap();
    assert_eq!(lines(&both), ["provider writer added", "key writer added"]);
    assert!(!both.to_string().contains(&KEY[..8]));
    desk.apply(&both).await.unwrap();
    let provider = provider(&desk.exported().await, "writer").clone();
    assert_eq!((&provider["kind"], &provider["model"]), (&json!("openai"), &json!("gpt-x")));
}
