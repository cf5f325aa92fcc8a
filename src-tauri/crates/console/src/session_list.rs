//! Use cases of sessions: who is logged in, and ending that.

use crate::Console;
use crate::api::{ApiError, ApplicationRef, Code, Event, Items, Nothing, SessionRef, SessionView, Topic};

impl Console {
    pub(crate) async fn session_list(&self, _: Nothing) -> Result<Items<SessionView>, ApiError> {
        let snapshot = self.shared.snapshot.load_full();
        let views = self.shared.sessions.list().into_iter().filter_map(|session| {
            let entry = snapshot.application(session.application)?;
            Some(SessionView {
                id: session.id,
                application: session.application,
                application_name: entry.application.name.as_str().to_owned(),
                uid: session.uid.as_str().to_owned(),
                pinned: session.pinned,
                login: session.login,
                refreshed: session.refreshed,
                ends: session.ends,
            })
        });
        Ok(views.collect::<Vec<_>>().into())
    }

    pub(crate) async fn session_revoke(&self, request: SessionRef) -> Result<Nothing, ApiError> {
        if !self.shared.sessions.revoke_one(request.session) {
            return Err(ApiError::new(
                Code::NotFound,
                "There is no such session.",
                "It may be over already.",
            ));
        }
        self.tell(Event::Changed { topic: Topic::Sessions });
        Ok(Nothing {})
    }

    pub(crate) async fn session_revoke_all(&self, request: ApplicationRef) -> Result<Nothing, ApiError> {
        let id = self.application(request.application).await?.id;
        self.shared.sessions.revoke(id);
        self.tell(Event::Changed { topic: Topic::Sessions });
        Ok(Nothing {})
    }
}
