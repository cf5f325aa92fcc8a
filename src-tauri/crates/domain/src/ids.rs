//! Identifiers, one type each so that one cannot be passed for another. They carry no meaning and no secret.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
        #[derive(schemars::JsonSchema)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(/** One host app's registration. */ ApplicationId);
id!(/** The public half of an application's credentials; Beefree's `client_id`. */ ClientId);
id!(/** One configured account at an AI provider. */ ProviderId);
id!(/** One proxied call. */ CallId);
id!(/** One answer; what `onInfo` 1000 and 1001 name. */ PromptId);
