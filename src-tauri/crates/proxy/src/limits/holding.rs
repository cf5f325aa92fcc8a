//! What one call holds of its limits, and what it has used so far. Every question it asks a provider is paid for: by
//! what the provider says, else by what was seen of it, else by all that was held for it.

use domain::limits::{Amounts, Rates};
use domain::{ProviderId, TokenUsage};

use super::Ask;

/// A question that was sent, and of whose use nothing is known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    No,
    /// It may have been answered in full.
    Whole,
    /// That many bytes of an answer were seen; a token is a byte at least.
    Seen(u64),
}

pub(crate) struct Holding {
    /// Who asks, and at most what for one question.
    ask: Ask,
    rates: Vec<(ProviderId, Rates)>,
    now: Rates,
    /// How many questions units are held for, and how many were sent and not refused.
    held: u64,
    asked: u64,
    open: Open,
    spent: Amounts,
}

impl Holding {
    pub(crate) fn new(ask: Ask, held: u64, rates: Vec<(ProviderId, Rates)>) -> Self {
        let now = Rates::default();
        Self { ask, rates, now, held, asked: 0, open: Open::No, spent: Amounts::default() }
    }

    /// Each answer may take this many tokens.
    pub(crate) fn granted(&mut self, output: u64) {
        (self.ask.order.output, self.ask.order.least) = (output, output);
    }

    /// The longest answer, in tokens.
    pub(crate) fn output_max(&self) -> u32 {
        u32::try_from(self.ask.order.output).unwrap_or(u32::MAX)
    }

    /// Whose prices count from here on.
    pub(crate) fn asks(&mut self, provider: ProviderId) {
        self.close();
        let known = self.rates.iter().find(|(id, _)| *id == provider);
        self.now = known.map(|(_, rates)| *rates).unwrap_or_default();
    }

    /// What has to be held besides before the next question is sent: an earlier one was paid for in vain.
    pub(crate) fn short(&mut self) -> Option<Ask> {
        self.close();
        (self.asked >= self.held).then(|| self.ask.clone())
    }

    /// That was granted.
    pub(crate) fn extended(&mut self) {
        self.held += 1;
    }

    /// A question is being sent.
    pub(crate) fn sends(&mut self) {
        (self.open, self.asked) = (Open::Whole, self.asked + 1);
    }

    /// It did not arrive, or was refused: it costs nothing.
    pub(crate) fn refused(&mut self) {
        if self.open != Open::No {
            (self.open, self.asked) = (Open::No, self.asked.saturating_sub(1));
        }
    }

    /// The next question is a further part of the last one.
    pub(crate) fn goes_on(&mut self) {
        self.asked = self.asked.saturating_sub(1);
    }

    /// So many bytes of the answer were seen.
    pub(crate) fn got(&mut self, bytes: usize) {
        let bytes = bytes as u64;
        self.open = match self.open {
            Open::No => Open::No,
            Open::Whole => Open::Seen(bytes),
            Open::Seen(before) => Open::Seen(before.saturating_add(bytes)),
        };
    }

    /// The provider's word on tokens. Of an answer that was cut it is the least that was used.
    pub(crate) fn tokens(&mut self, usage: TokenUsage, complete: bool) {
        let (mut input, mut output) = (usage.prompt_tokens, usage.completion_tokens);
        if !complete {
            let (sent, seen) = self.seen();
            input = if input == 0 { sent } else { input };
            output = output.max(seen);
        }
        self.open = Open::No;
        self.add(input, output, 0, 0);
    }

    /// Images were made or described.
    pub(crate) fn images(&mut self, images: u64) {
        // By a writer that did not say its tokens.
        let (input, output) = if matches!(self.open, Open::Seen(_)) { self.seen() } else { (0, 0) };
        self.open = Open::No;
        self.add(input, output, images, 0);
    }

    /// Characters were translated.
    pub(crate) fn characters(&mut self, characters: u64) {
        self.open = Open::No;
        self.add(0, 0, 0, characters);
    }

    /// All that was used; nothing more is to come.
    pub(crate) fn total(&mut self) -> Amounts {
        self.close();
        self.spent
    }

    fn seen(&self) -> (u64, u64) {
        let order = &self.ask.order;
        match self.open {
            Open::No => (0, 0),
            Open::Whole => (order.input, order.output),
            Open::Seen(bytes) => (order.input, bytes.min(order.output)),
        }
    }

    fn close(&mut self) {
        if self.open != Open::No {
            let (input, output) = self.seen();
            self.open = Open::No;
            self.add(input, output, self.ask.order.images, self.ask.order.characters);
        }
    }

    fn add(&mut self, input: u64, output: u64, images: u64, characters: u64) {
        let spent = &mut self.spent;
        spent.tokens = spent.tokens.saturating_add(input).saturating_add(output);
        spent.images = spent.images.saturating_add(images);
        spent.characters = spent.characters.saturating_add(characters);
        spent.money = spent.money.saturating_add(self.now.cost(input, output, images, characters));
    }
}

#[cfg(test)]
mod tests {
    use domain::limits::Order;
    use domain::{ApplicationId, Timestamp, Uid};
    use uuid::Uuid;

    use super::*;

    fn holding() -> Holding {
        let order = Order { input: 100, output: 50, images: 1, ..Order::default() };
        let application = ApplicationId(Uuid::nil());
        let ask = Ask { application, addon: None, uid: Uid::parse("u").unwrap(), at: Timestamp(0), order };
        let rates = Rates { input: 1_000_000, output: 2_000_000, ..Rates::default() };
        let mut holding = Holding::new(ask, 1, vec![(ProviderId(Uuid::nil()), rates)]);
        holding.asks(ProviderId(Uuid::nil()));
        holding
    }

    #[test]
    fn what_the_provider_says_counts() {
        let mut holding = holding();
        holding.sends();
        holding.got(7);
        holding.tokens(TokenUsage::of(12, 30), true);
        let total = holding.total();
        assert_eq!((total.tokens, total.images, total.money), (42, 0, 72));
        assert_eq!(holding.total(), total, "once");
    }

    #[test]
    fn what_it_does_not_say_is_what_was_seen_and_never_nothing() {
        let mut unread = holding();
        unread.sends();
        assert_eq!((unread.total().tokens, unread.total().images), (150, 1), "perhaps all of it");
        let mut cut = holding();
        cut.sends();
        cut.got(5);
        cut.got(3);
        assert_eq!(cut.total().tokens, 108);
        let mut long = holding();
        long.sends();
        long.got(5_000);
        assert_eq!(long.total().tokens, 150, "it was told to be no longer");
        let mut half = holding();
        half.sends();
        half.got(20);
        half.tokens(TokenUsage::of(9, 1), false);
        assert_eq!(half.total().tokens, 29);
    }

    #[test]
    fn what_was_refused_is_free_and_what_was_answered_in_vain_needs_more() {
        let mut holding = holding();
        assert!(holding.short().is_none());
        holding.sends();
        holding.refused();
        assert!(holding.short().is_none());
        holding.sends();
        holding.got(1);
        assert!(holding.short().is_some(), "another try is another answer");
        holding.extended();
        holding.sends();
        holding.tokens(TokenUsage::of(10, 10), true);
        assert_eq!(holding.total().tokens, 101 + 20);
    }
}
