//! Custom AI Writing Assistant (`custom-ai-integration`): the same entry, answered by the host app's own dialog.
//!
//! No provider and no route: nothing of it ever passes the proxy.

use super::{Descriptor, Handle, Setting, SettingType};

/// Facts: docs.beefree.io, Custom AI Writing Assistant. It and the AI Writing Assistant cannot both be on.
pub const DESCRIPTOR: Descriptor = Descriptor {
    handle: Handle("custom-ai-integration"),
    title: "Custom AI Writing Assistant",
    about: "Opens the host app's own writing dialog. Needs no provider.",
    capability: None,
    excludes: Some(Handle("ai-integration")),
    settings: &[Setting { name: "isButtonDisabled", of: SettingType::Switch }],
};
