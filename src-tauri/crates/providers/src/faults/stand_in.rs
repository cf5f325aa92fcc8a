//! The sandbox as a provider with a server: what is asked of it while a fault is on, so that the fault's bytes meet the
//! adapters that read a real provider's. Writes, sees and draws as OpenAI does, translates as DeepL does. Nothing is sent.

use domain::Cause;

use super::Refusals;
use crate::adapter::{Adapter, Captioner, ChatDialect, Descriptor, Drawer, Probed, Translator, Writer};
use crate::deepl::DeepL;
use crate::openai::OpenAi;
use crate::request::{Auth, Target, UpstreamRequest};
use crate::sandbox::Sandbox;

struct StandIn;

/// Who is asked in `adapter`'s place while a fault is on; it keeps its name, type and abilities.
#[must_use]
pub fn stand_in(adapter: &'static dyn Adapter) -> &'static dyn Adapter {
    if adapter.descriptor().local { &StandIn } else { adapter }
}

impl Adapter for StandIn {
    fn descriptor(&self) -> &'static Descriptor {
        Sandbox.descriptor()
    }

    fn auth(&self) -> Auth {
        OpenAi.auth()
    }

    fn writing(&self) -> Option<Writer<'_>> {
        OpenAi.writing()
    }

    fn captioning(&self) -> Option<Captioner<'_>> {
        OpenAi.captioning()
    }

    fn drawing(&self) -> Option<Drawer<'_>> {
        OpenAi.drawing()
    }

    fn translating(&self) -> Option<Translator<'_>> {
        DeepL.translating()
    }

    fn chat_dialect(&self) -> Option<&dyn ChatDialect> {
        OpenAi.chat_dialect()
    }

    fn probe(&self, target: &Target<'_>) -> Option<UpstreamRequest> {
        Sandbox.probe(target)
    }

    fn read_probe(&self, body: &[u8]) -> Probed {
        Sandbox.read_probe(body)
    }

    fn read_failure(&self, status: u16, body: &[u8]) -> Cause {
        OpenAi.read_failure(status, body)
    }

    fn refusals(&self) -> Refusals {
        Sandbox.refusals()
    }

    fn pass_routes(&self) -> &'static [crate::adapter::PassRoute] {
        Sandbox.pass_routes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_sandbox_needs_somebody_in_its_place() {
        for adapter in crate::registry() {
            let there = stand_in(*adapter);
            assert_eq!(there.descriptor(), adapter.descriptor());
            let local = adapter.descriptor().local;
            assert_eq!(there.chat_dialect().is_some() && there.translating().is_some(), local);
        }
    }
}
