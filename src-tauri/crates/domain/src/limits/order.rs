//! What a call may use at most, what it did use, and what that costs.

use super::Unit;

/// Units used up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amounts {
    /// Tokens, in and out.
    pub tokens: u64,
    /// Images.
    pub images: u64,
    /// Characters.
    pub characters: u64,
    /// Millionths of a US dollar.
    pub money: u64,
}

impl Amounts {
    /// The amount in one unit.
    #[must_use]
    pub fn of(&self, unit: Unit) -> u64 {
        match unit {
            Unit::Tokens => self.tokens,
            Unit::Images => self.images,
            Unit::Characters => self.characters,
            Unit::Money => self.money,
        }
    }
}

/// What a model costs, in millionths of a US dollar: per million tokens in and out, per image, per million characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rates {
    /// A million tokens sent.
    pub input: u64,
    /// A million tokens answered.
    pub output: u64,
    /// One image.
    pub image: u64,
    /// A million characters.
    pub characters: u64,
}

const MILLION: u128 = 1_000_000;

impl Rates {
    /// Part by part the dearer of the two.
    #[must_use]
    pub fn dearest(self, other: Self) -> Self {
        Self {
            input: self.input.max(other.input),
            output: self.output.max(other.output),
            image: self.image.max(other.image),
            characters: self.characters.max(other.characters),
        }
    }

    /// What this costs, in millionths, rounded up.
    #[must_use]
    pub fn cost(&self, input: u64, output: u64, images: u64, characters: u64) -> u64 {
        let part = |count: u64, rate: u64| u128::from(count) * u128::from(rate);
        let parts = part(input, self.input)
            .saturating_add(part(output, self.output))
            .saturating_add(part(characters, self.characters));
        let sum = parts.div_ceil(MILLION).saturating_add(part(images, self.image));
        u64::try_from(sum).unwrap_or(u64::MAX)
    }
}

/// What a call may use at most.
#[derive(Debug, Clone, Copy, Default)]
pub struct Order {
    /// Tokens of what is sent, at most.
    pub input: u64,
    /// Tokens of the answer that are wished for.
    pub output: u64,
    /// Fewer of them than this are no use.
    pub least: u64,
    /// Images.
    pub images: u64,
    /// Characters.
    pub characters: u64,
    /// The dearest prices of those that may be asked; `None`: not known.
    pub rates: Option<Rates>,
}

impl Order {
    /// With an answer of `output` tokens.
    #[must_use]
    pub fn amounts(&self, output: u64) -> Amounts {
        let rates = self.rates.unwrap_or_default();
        Amounts {
            tokens: self.input.saturating_add(output),
            images: self.images,
            characters: self.characters,
            money: rates.cost(self.input, output, self.images, self.characters),
        }
    }

    /// The longest answer for which `left` of a unit is enough; `None`: not even the shortest.
    pub(super) fn longest(&self, unit: Unit, left: u64) -> Option<u64> {
        if self.amounts(self.least).of(unit) > left {
            return None;
        }
        if self.amounts(self.output).of(unit) <= left {
            return Some(self.output.max(self.least));
        }
        // More tokens never cost less: the border is found by halving.
        let (mut fits, mut over) = (self.least, self.output);
        while over - fits > 1 {
            let middle = fits + (over - fits) / 2;
            if self.amounts(middle).of(unit) <= left { fits = middle } else { over = middle }
        }
        Some(fits)
    }
}
