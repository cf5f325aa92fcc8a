//! AddOns as faces see them.

use domain::addons::Setting;
use domain::{ApplicationId, Handle, ProviderId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// Names an AddOn of an application.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct AddOnRef {
    /// Which application.
    pub application: ApplicationId,
    /// Which AddOn.
    pub handle: Handle,
}

/// What to change; what is absent stays.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AddOnUpdate {
    /// Which application.
    pub application: ApplicationId,
    /// Which AddOn.
    pub handle: Handle,
    /// On or off.
    #[ts(optional)]
    pub enabled: Option<bool>,
    /// All its providers, in the order they are asked.
    #[ts(optional)]
    pub providers: Option<Vec<ProviderId>>,
    /// Settings to set, in Beefree's names; `null` removes one.
    #[ts(optional, type = "Record<string, unknown>")]
    pub settings: Option<Map<String, Value>>,
}

/// How an AddOn stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum AddOnState {
    /// Not installed in this application.
    Available,
    /// Installed, switched off.
    Off,
    /// On, but no provider is chosen.
    NeedsProvider,
    /// On, but the provider refused its key when last asked.
    KeyRejected,
    /// On and able to answer.
    Ready,
}

/// An AddOn of an application.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AddOnView {
    /// Its handle.
    pub handle: Handle,
    /// Its name.
    pub title: String,
    /// What the end user gets, in a sentence.
    pub about: String,
    /// The AddOn that cannot be on together with this one.
    pub excludes: Option<Handle>,
    /// Whether it needs a provider; if not, the host app answers itself.
    pub needs_provider: bool,
    /// How it stands.
    pub state: AddOnState,
    /// Whether end users see it.
    pub enabled: bool,
    /// Its providers, in the order they are asked.
    pub providers: Vec<ProviderId>,
    /// Its settings, in Beefree's names.
    #[ts(type = "Record<string, unknown>")]
    pub settings: Map<String, Value>,
    /// The settings it takes.
    pub setting_types: Vec<Setting>,
    /// Provider types able to serve it.
    pub provider_kinds: Vec<String>,
}
