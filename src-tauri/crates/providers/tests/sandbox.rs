//! The sandbox writes text that fits its block, is the same each time, and keeps what must be kept.

// Helpers of tests are tests too; clippy sees only the functions marked so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::conversation;
use domain::writing::Conversation;
use proptest::prelude::*;
use providers::{LocalReply, Writer};
use serde_json::json;

fn write(conversation: &Conversation, variation: u64) -> LocalReply {
    match common::adapter("sandbox").writing() {
        Some(Writer::Local(writer)) => writer.answer(conversation, variation),
        _ => panic!("the sandbox writes here"),
    }
}

fn asked(block: &str, prompt: &str) -> Conversation {
    conversation(
        json!({"handle": "ai-integration", "module": {"type": block, "isDefault": true}, "prompt": prompt}),
    )
}

fn text(block: &str, prompt: &str, variation: u64) -> String {
    write(&asked(block, prompt), variation).pieces.concat()
}

/// The answer to `prompt` for a block with this content.
fn edited(block: &str, content: &str, prompt: &str) -> String {
    let module = json!({"type": block, "content": content, "isDefault": false});
    write(&conversation(json!({"handle": "ai-integration", "module": module, "prompt": prompt})), 0)
        .pieces
        .concat()
}

const PROMPTS: [&str; 8] = [
    "Write about our spring sale on running shoes",
    "Write a title for our webinar on email design, in a friendly tone",
    "Announce the new store in Milan",
    "Welcome new subscribers to our gardening club",
    "Give me five benefits of our loyalty programme",
    "Scrivi un titolo per i nostri saldi estivi su scarpe da corsa",
    "Scrivi un testo sull'apertura del nuovo negozio di Torino",
    "hello",
];

#[test]
fn equal_input_gives_equal_text_and_regenerating_gives_another() {
    for prompt in PROMPTS {
        for block in ["TITLE", "PARAGRAPH", "LIST", "BUTTON"] {
            assert_eq!(text(block, prompt, 0), text(block, prompt, 0));
            let texts: Vec<String> = (0..4).map(|variation| text(block, prompt, variation)).collect();
            assert!(texts.windows(2).all(|pair| pair[0] != pair[1]), "{block} {prompt}: {texts:?}");
        }
    }
}

#[test]
fn texts_fit_their_block() {
    for prompt in PROMPTS {
        for variation in 0..12 {
            let title = text("TITLE", prompt, variation);
            assert!((2..=12).contains(&title.split_whitespace().count()), "{title}");
            assert!(!title.contains('\n') && !title.ends_with('.'), "{title}");
            let paragraph = text("PARAGRAPH", prompt, variation);
            assert!((100..600).contains(&paragraph.len()) && paragraph.ends_with('.'), "{paragraph}");
            let list = text("LIST", prompt, variation);
            assert_eq!(list.lines().count(), if prompt.contains("five") { 5 } else { 4 }, "{list}");
            let button = text("BUTTON", prompt, variation);
            assert!((1..=4).contains(&button.split_whitespace().count()), "{button}");
            for text in [title, paragraph, list, button] {
                assert!(text.chars().all(|c| !"{}<>*".contains(c)), "no template is left: {text}");
                assert_eq!(text.trim(), text);
            }
        }
    }
}

#[test]
fn the_topic_comes_out_of_the_prompt() {
    let titles: Vec<String> = (0..4).map(|v| text("TITLE", PROMPTS[0], v)).collect();
    assert!(
        titles.iter().all(|title| title.to_lowercase().contains("spring sale on running shoes")),
        "{titles:?}"
    );
    assert!(titles.contains(&"Spring sale on running shoes: your next favourite pair is here".to_owned()));
    assert!(text("PARAGRAPH", PROMPTS[2], 0).contains("new store in Milan"));
    assert!(text("LIST", PROMPTS[4], 0).starts_with("Loyalty programme"));
}

#[test]
fn italian_is_answered_in_italian() {
    let title = text("TITLE", PROMPTS[5], 0);
    assert!(title.to_lowercase().contains("saldi estivi") || title.contains("scarpe da corsa"), "{title}");
    let paragraph = text("PARAGRAPH", PROMPTS[6], 1);
    assert!(paragraph.contains("nuovo negozio di Torino"), "{paragraph}");
    for text in [title, paragraph, text("BUTTON", PROMPTS[5], 0)] {
        let english = [" the ", " your ", " is ", " and ", "Shop "];
        assert!(english.iter().all(|word| !text.contains(word)), "{text}");
    }
    // The language asked for in the instructions counts for more than the prompt's.
    let asked = json!({"handle": "ai-integration", "module": {"type": "BUTTON"}, "prompt": "Spring sale", "language": "it-IT"});
    let label = write(&conversation(asked), 0).pieces.concat();
    assert!(["Scopri le offerte", "Acquista ora", "Trova il tuo"].contains(&label.as_str()), "{label}");
}

#[test]
fn merge_tags_links_and_brackets_are_kept() {
    let prompt = "Write about our sale at [store]. Greet {{first_name}}, mention *|CODE|* and link to https://shop.example/sale?x=1";
    for variation in 0..6 {
        for block in ["PARAGRAPH", "LIST"] {
            let text = text(block, prompt, variation);
            for kept in ["[store]", "{{first_name}}", "*|CODE|*", "https://shop.example/sale?x=1"] {
                assert_eq!(text.matches(kept).count(), 1, "{kept} in {text}");
            }
        }
        let title = text("TITLE", prompt, variation);
        assert!(title.starts_with("{{first_name}}, ") && title.contains("[store]"), "{title}");
    }
}

#[test]
fn suggestions_are_done_on_the_content_of_the_block() {
    let html = "<p>Hello <b>{{name}}</b>, our  spring sale is on. See https://x.example/A now.</p>";
    for (prompt, expected) in [
        ("Use ALL CAPS", "HELLO {{name}}, OUR  SPRING SALE IS ON. SEE https://x.example/A NOW."),
        ("Use title case", "Hello {{name}}, Our  Spring Sale Is On. See https://x.example/A Now."),
        ("Make it shorter", "Hello {{name}}, our  spring sale is on."),
        (
            "Correct grammar mistakes in the content",
            "Hello {{name}}, our spring sale is on. See https://x.example/A now.",
        ),
        (
            "Make it urgent without changing the format",
            "Don't wait: this is the moment. Hello {{name}}, our  spring sale is on. See https://x.example/A now.",
        ),
        (
            "Translate content to French",
            "Hélló {{name}}, óúr  spríñg sálé ís óñ. Séé https://x.example/A ñów.",
        ),
    ] {
        assert_eq!(edited("PARAGRAPH", html, prompt), expected, "{prompt}");
    }
    assert_eq!(
        edited("TITLE", "Saldi di primavera per la tua casa", "Make it friendly"),
        "Buone notizie: Saldi di primavera per la tua casa"
    );
    assert_eq!(edited("LIST", "<ul><li>One</li><li>Two</li></ul>", "Use ALL CAPS"), "ONE\nTWO");
    assert_eq!(
        edited("BUTTON", "<div class=\"txtTinyMce-wrapper\"><p>Shop</p></div>", "Make it urgent"),
        "Shop now"
    );
    assert_eq!(edited("TITLE", "One two three four", "Make it 2 words long"), "One two");
}

#[test]
fn an_edit_is_about_the_latest_answer() {
    let id = "0192f0a0-0000-7000-8000-000000000001";
    let talk = conversation(json!({
        "handle": "ai-integration", "module": {"type": "TITLE", "content": "Old", "isDefault": false},
        "prompt": "Use ALL CAPS", "history": [{"promptId": id, "prompt": "Write", "content": "Latest"}],
    }));
    assert_eq!(write(&talk, 1).pieces.concat(), "LATEST");
}

#[test]
fn usage_is_a_quarter_of_the_characters() {
    let asked = asked("TITLE", PROMPTS[0]);
    let reply = write(&asked, 0);
    let quarter = |text: &str| (text.chars().count() as u64).div_ceil(4);
    assert_eq!(reply.usage.prompt_tokens, quarter(&asked.instructions) + quarter(PROMPTS[0]));
    assert_eq!(reply.usage.completion_tokens, quarter(&reply.pieces.concat()));
    assert!(reply.pieces.len() > 3, "it comes in pieces");
}

#[test]
fn nothing_makes_it_panic() {
    let long = "è🙂 {{".repeat(1_300);
    for prompt in [
        "?",
        "…",
        "{{",
        "[]",
        "Write",
        "Write about",
        "Scrivi un",
        "make it ",
        "5 words",
        "0 words long",
        "\u{200b}.",
        &long,
    ] {
        for block in ["TITLE", "PARAGRAPH", "LIST", "BUTTON"] {
            for content in ["", "<", "<p", "&", "🙂", "a <b", "<code data-bee-value=\"x"] {
                edited(block, content, prompt);
            }
            assert!(!text(block, prompt, u64::MAX).trim().is_empty(), "{prompt:.20}");
        }
    }
}

proptest! {
    #[test]
    fn no_prompt_or_content_makes_it_panic(
        prompt in "((write|make it|scrivi|translate|[0-9]{1,3} words|about|for|a title|[a-zè]{1,6}|[{}\\[\\]*|%<>.,:'🙂]{1,3}) ?){0,12}",
        content in "([a-zè]{1,5}|[{}\\[\\]*|%<>&;.,:\n 🙂]{1,4}|</?p>|https://a\\.b/?){0,12}",
    ) {
        let prompt = format!("{prompt} x");
        for block in ["TITLE", "PARAGRAPH", "LIST", "BUTTON"] {
            edited(block, &content, &prompt);
            prop_assert!(!text(block, &prompt, 1).is_empty());
        }
    }
}
