//! How a command fails: on standard error, with an exit code that scripts can rely on.

use std::process::ExitCode;

use console::api::{ApiError, Code};
use serde_json::json;

pub(crate) struct Failure(ApiError);

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self(error)
    }
}

impl Failure {
    /// Something this program needed of the machine was not there.
    pub(crate) fn system(message: &str) -> Self {
        Self(ApiError::new(Code::Internal, message, ""))
    }

    pub(crate) fn input(message: impl Into<String>, hint: &str) -> Self {
        Self(ApiError::new(Code::InvalidInput, message, hint))
    }

    /// The documented exit code.
    pub(crate) fn exit_code(&self) -> u8 {
        match self.0.code {
            Code::VaultLocked | Code::WrongSecret => 3,
            Code::KeyringMissing => 4,
            Code::KeyMissing => 5,
            Code::Damaged => 6,
            Code::InUse => 7,
            Code::PortTaken => 8,
            _ => 1,
        }
    }

    pub(crate) fn report(&self, as_json: bool) -> ExitCode {
        let ApiError { code, message, hint } = &self.0;
        if as_json {
            eprintln!("{}", json!({ "error": { "code": code, "message": message, "hint": hint } }));
        } else if hint.is_empty() {
            eprintln!("{message}");
        } else {
            eprintln!("{message}\n{hint}");
        }
        ExitCode::from(self.exit_code())
    }
}
