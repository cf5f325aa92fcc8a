//! What the *writing* capability asks of a provider, in no provider's dialect.

use crate::addons::ai_integration::Block;

/// Who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// The end user.
    EndUser,
    /// The model.
    Model,
}

/// One turn of a conversation. Personal: no `Debug`, so that it cannot be logged.
pub struct Turn {
    /// Who said it.
    pub speaker: Speaker,
    /// What they said.
    pub text: String,
}

/// Everything a model is told. Personal: no `Debug`, so that it cannot be logged.
pub struct Conversation {
    /// What the model is to do.
    pub instructions: String,
    /// The turns, oldest first; the last is the end user's.
    pub turns: Vec<Turn>,
    /// The block the answer is for.
    pub block: Block,
}

/// Why a model stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// It was done.
    Complete,
    /// It ran into its length limit; the text is usable but ends early.
    Length,
    /// The provider declined to go on.
    Filtered,
}
