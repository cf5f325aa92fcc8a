//! What the *writing* capability asks of a provider, in no provider's dialect. Holds no AddOn's rules.

use std::sync::Arc;

use crate::addons::ai_integration::Block;
use crate::addons::metadata::{MetadataField, Tone};

/// Who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// The end user.
    EndUser,
    /// The model.
    Model,
}

/// One turn of a conversation. Personal: no `Debug`, so that it cannot be logged.
#[derive(Clone)]
pub struct Turn {
    /// Who said it.
    pub speaker: Speaker,
    /// What they said.
    pub text: String,
}

/// What the answer is for. Bounds its length; tells a local writer what to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Text for a block.
    Block(Block),
    /// A JSON object with these fields as text.
    Metadata {
        /// What is wanted.
        fields: Vec<MetadataField>,
        /// How it is to sound.
        tone: Tone,
    },
    /// What a template says, in a few sentences.
    Summary {
        /// Two sentences instead of a paragraph.
        concise: bool,
    },
    /// A text message of at most 160 characters.
    Sms,
    /// A picture's alternate text.
    AltText,
    /// A conversation about the whole template.
    Chat,
}

/// A picture, as its bytes. Personal: no `Debug`, so that it cannot be logged.
#[derive(Clone)]
pub struct Picture {
    /// What it is.
    pub kind: PictureKind,
    /// Its file, whole.
    pub bytes: Arc<[u8]>,
}

/// The picture formats every vision provider reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF; a moving one is judged by its first frame.
    Gif,
    /// WebP.
    Webp,
}

impl PictureKind {
    /// By the file's first bytes; a server's `Content-Type` is often wrong.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ => None,
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
        }
    }
}

/// Everything a model is told. Personal: no `Debug`, so that it cannot be logged.
#[derive(Clone)]
pub struct Conversation {
    /// What the model is to do, complete: also what `content` and `language` say.
    pub instructions: String,
    /// What the answer is about, if there is something: a block's HTML, a template's outline.
    pub content: Option<String>,
    /// The language asked for, if one was.
    pub language: Option<String>,
    /// The turns, oldest first; the last is the end user's.
    pub turns: Vec<Turn>,
    /// A picture that belongs to the last turn.
    pub picture: Option<Picture>,
    /// What the answer is for.
    pub task: Task,
}

impl Conversation {
    /// A conversation of one question.
    #[must_use]
    pub fn of(task: Task, instructions: String, question: String) -> Self {
        let turns = vec![Turn { speaker: Speaker::EndUser, text: question }];
        Self { instructions, content: None, language: None, turns, picture: None, task }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        assert_eq!(PictureKind::of(b"\x89PNG\r\n\x1a\n...."), Some(PictureKind::Png));
        assert_eq!(PictureKind::of(b"RIFF\0\0\0\0WEBPVP8 "), Some(PictureKind::Webp));
        assert_eq!(PictureKind::of(b"<svg xmlns="), None);
        assert_eq!(PictureKind::of(b""), None);
    }
}
