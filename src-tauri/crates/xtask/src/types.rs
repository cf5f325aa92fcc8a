//! TypeScript from the command table: every type that travels, and the map from command to request and reply.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use console::api::*;
use ts_rs::{Config, TS, TypeVisitor};

/// The whole of `generated.ts`.
pub(crate) fn typescript() -> String {
    let mut collector = Collector {
        config: Config::new().with_large_int("number"),
        seen: HashSet::new(),
        types: BTreeMap::new(),
    };
    collector.visit::<Event>();
    collector.visit::<ApiError>();
    collector.visit::<StagedKey>();
    collector.visit::<StagedSecret>();
    let mut commands = String::new();

    macro_rules! rows {
        ($($(#[doc = $doc:literal])* $name:ident($request:ty) -> $reply:ty;)*) => {$(
            collector.visit::<$request>();
            collector.visit::<$reply>();
            let _ = writeln!(
                commands,
                "  /**{} */\n  {}: {{ request: {}; reply: {} }};",
                concat!($($doc),*), stringify!($name),
                <$request as TS>::name(&collector.config), <$reply as TS>::name(&collector.config),
            );
        )*};
    }
    console::with_commands!(rows);

    let mut text =
        String::from("// Generated from the command table by `cargo xtask codegen`. Do not edit.\n\n");
    for declaration in collector.types.values() {
        text.push_str(declaration);
        text.push('\n');
    }
    let _ = write!(
        text,
        "/** Every command, its request and its reply. */\nexport type Commands = {{\n{commands}}};\n"
    );
    text
}

struct Collector {
    config: Config,
    seen: HashSet<TypeId>,
    types: BTreeMap<String, String>,
}

impl TypeVisitor for Collector {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            self.types.insert(T::ident(&self.config), format!("{docs}export {}\n", T::decl(&self.config)));
        }
    }
}
