//! Finds what a prompt is about: "Write a title for our spring sale, in a friendly tone" is about "spring sale".
//!
//! A heuristic for demos: when it fails the whole prompt is the topic, which still reads as text.

mod words;

use super::guard::{Part, is_placeholder, parts};
use words::{
    ACTS, ASKING, BLOCKS, CALLS, CLAUSES, LEADING, MARKERS, ORDERS, POLITE, STRONG, STYLE, TRAILING,
};

const LONGEST: usize = 70;

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '[').to_lowercase()
}

/// Whether `word` is one of the words of `list`.
fn is_in(word: &str, list: &str) -> bool {
    let word = bare(word);
    list.split_ascii_whitespace().any(|known| known == word)
}

/// Whether `prompt` orders a new text, and does not speak of the one that is there ("write it in lowercase").
pub(super) fn orders_new_text(prompt: &str) -> bool {
    let mut words = prompt.split_whitespace().map(bare).skip_while(|word| is_in(word, POLITE));
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    match first.as_str() {
        "make" => is_in(&second, "a an me some"),
        order => {
            [ORDERS, ACTS, CALLS].iter().any(|known| is_in(order, known))
                && !is_in(&second, "it this that the lo la questo")
        }
    }
}

/// What `prompt` is about; `None` if it does not say.
pub(super) fn of(prompt: &str) -> Option<String> {
    let free: String = parts(prompt)
        .into_iter()
        .map(|part| match part {
            Part::Free(free) => free,
            Part::Kept(kept) if is_placeholder(kept) => kept,
            Part::Kept(_) => " ",
        })
        .collect();
    let sentence =
        free.split(['\n', '!', '?', ';']).flat_map(|line| line.split(". ")).find(|s| !s.trim().is_empty())?;
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let subject = without_style(subject(&words));
    let start = subject.iter().position(|word| !is_in(word, LEADING)).unwrap_or(subject.len());
    let topic = without_trailing(&subject[start..]).join(" ");
    let topic = topic.trim_matches(|c: char| c.is_whitespace() || ".,:;\"“”«»'-".contains(c));
    let topic =
        ["l'", "L'", "un'", "Un'", "l’", "L’"].iter().find_map(|a| topic.strip_prefix(a)).unwrap_or(topic);
    (!topic.is_empty()).then(|| shortened(topic))
}

/// The beginning of `topic`, with no dangling word at its end.
pub(super) fn first_words(topic: &str, count: usize) -> String {
    let words: Vec<&str> = topic.split(' ').take(count).collect();
    without_trailing(&words).join(" ")
}

fn without_trailing<'a, 'w>(words: &'a [&'w str]) -> &'a [&'w str] {
    let dangles = |word: &str| is_in(word, TRAILING) || is_in(word, LEADING);
    let end = words.iter().rposition(|word| !dangles(word)).map_or(0, |last| last + 1);
    &words[..end]
}

/// The words after the order and its decoration; none if the order names no topic.
fn subject<'a, 'w>(words: &'a [&'w str]) -> &'a [&'w str] {
    let skip = |words: &'a [&'w str], known: &str| {
        &words[words.iter().position(|word| !is_in(word, known)).unwrap_or(words.len())..]
    };
    let order = skip(words, POLITE);
    match order.first() {
        Some(first) if is_in(first, ORDERS) => act(ordered(&order[1..])),
        Some(first) if is_in(first, CALLS) => {
            let to = |word: &&str| is_in(word, "to a al alla allo");
            order.iter().rposition(to).map_or(&order[1..], |at| &order[at + 1..])
        }
        Some(_) => act(skip(if order.len() > 1 { order } else { words }, ASKING)),
        None => words,
    }
}

/// Without a verb such as "announce" before its object.
fn act<'a, 'w>(words: &'a [&'w str]) -> &'a [&'w str] {
    if words.first().is_some_and(|word| is_in(word, ACTS)) { &words[1..] } else { words }
}

/// What comes after "a short title for" and "a title for a newsletter about".
fn ordered<'a, 'w>(words: &'a [&'w str]) -> &'a [&'w str] {
    let after = |at: usize| words.get(at + 1..).unwrap_or_default();
    let marker = |known: &str, from: usize| {
        words
            .iter()
            .skip(from)
            .position(|word| is_in(word, known))
            .map(|at| at + from)
            .filter(|at| at + 1 < words.len())
    };
    let Some(block) = words.iter().position(|word| is_in(word, BLOCKS)) else {
        return marker(STRONG, 0).map_or(words, after);
    };
    let run = words[block..].iter().take_while(|word| is_in(word, BLOCKS)).count();
    let next = block + run;
    if words.get(next).is_none_or(|word| !is_in(word, MARKERS)) {
        return marker(STRONG, next).or_else(|| marker(MARKERS, next)).map_or(&[], after);
    }
    let rest = after(next);
    // Another name of a block at its start is decoration too, if a topic follows it.
    let again = rest.iter().take(3).position(|word| is_in(word, BLOCKS));
    let leads = |at: usize| rest.get(at + 1).is_some_and(|word| is_in(word, MARKERS));
    if again.is_some_and(leads) { ordered(rest) } else { rest }
}

/// Without a last clause about the style.
fn without_style<'a, 'w>(words: &'a [&'w str]) -> &'a [&'w str] {
    let cut = words.iter().enumerate().skip(1).find(|(at, word)| {
        let rest = &words[at + 1..];
        is_in(word, CLAUSES) && rest.len() <= 6 && rest.iter().any(|word| is_in(word, STYLE))
    });
    cut.map_or(words, |(at, _)| &words[..at])
}

fn shortened(topic: &str) -> String {
    let mut kept = String::new();
    for word in topic.split(' ') {
        if kept.chars().count() + word.chars().count() > LONGEST && !kept.is_empty() {
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_found() {
        for (prompt, topic) in [
            ("Write about our spring sale on running shoes", "spring sale on running shoes"),
            ("Write a title for our spring sale, in a friendly tone", "spring sale"),
            ("Please write a short paragraph about the new Milan store.", "new Milan store"),
            ("Give me three benefits of our loyalty programme", "loyalty programme"),
            ("Announce our webinar on email design", "webinar on email design"),
            ("Invite people to our summer party", "summer party"),
            ("Welcome new subscribers to our gardening club", "gardening club"),
            ("Summer collection 2027", "Summer collection 2027"),
            ("Write a newsletter about [product] for {{first_name}}", "[product]"),
            ("Could you write about our sale with a 20% discount?", "sale with a 20% discount"),
            ("Scrivi un titolo per i nostri saldi estivi", "saldi estivi"),
            (
                "Scrivi un testo sulla nuova collezione autunno con un tono allegro",
                "nuova collezione autunno",
            ),
            ("Scrivi un paragrafo su l'apertura del negozio di Torino", "apertura del negozio di Torino"),
            ("Puoi creare un elenco di motivi per scegliere il nostro club?", "scegliere il nostro club"),
            (
                "Scrivi un paragrafo per presentare la nostra nuova collezione di borse",
                "nuova collezione di borse",
            ),
            ("Scrivi una newsletter di benvenuto per i nuovi iscritti", "nuovi iscritti"),
            ("Help me write a title for a newsletter about coffee", "coffee"),
            ("Write an invitation to our webinar about email design", "webinar about email design"),
            ("Write a call to action to book a table", "book a table"),
            ("Write 3 bullet points about why people love our hotel", "why people love our hotel"),
            ("Write a thank you note to our customers", "customers"),
            ("What are the best places to visit in Rome?", "best places to visit in Rome"),
        ] {
            assert_eq!(of(prompt).as_deref(), Some(topic), "{prompt}");
        }
        for empty in ["", "Write a title", "Scrivi un titolo", "{{name}}"] {
            assert_eq!(of(empty), None, "{empty}");
        }
    }

    #[test]
    fn orders_for_new_text_are_told_from_edits() {
        assert!(orders_new_text("Write a shorter title about shoes"));
        assert!(orders_new_text("Puoi scrivere un testo in minuscolo su Roma?"));
        assert!(!orders_new_text("Write it in lowercase"));
        assert!(orders_new_text("Make a title about shoes"));
        assert!(!orders_new_text("Make it shorter"));
        assert!(!orders_new_text("Make shorter"));
    }
}
