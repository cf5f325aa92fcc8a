//! Calls a command by its name, for faces that speak JSON. Expanded from the command table.

use serde_json::Value;

use crate::Console;
use crate::api::*;

macro_rules! dispatch {
    ($($(#[$doc:meta])* $name:ident($request:ty) -> $reply:ty;)*) => {
        /// The name of every command.
        pub const COMMANDS: &[&str] = &[$(stringify!($name)),*];

        impl Console {
            /// Calls the command `name` with `request` as its JSON.
            pub async fn call(&self, name: &str, request: Value) -> Result<Value, ApiError> {
                self.last_use.now();
                match name {
                    $(stringify!($name) => {
                        let request: $request = serde_json::from_value(request).map_err(|_| misfit(name))?;
                        let reply: $reply = Box::pin(self.$name(request)).await?;
                        serde_json::to_value(reply).map_err(|_| misfit(name))
                    })*
                    _ => Err(ApiError::new(Code::Unsupported, format!("There is no command {name}."), "")),
                }
            }
        }
    };
}

crate::with_commands!(dispatch);

fn misfit(name: &str) -> ApiError {
    ApiError::new(Code::InvalidInput, format!("The request does not fit the command {name}."), "")
}
