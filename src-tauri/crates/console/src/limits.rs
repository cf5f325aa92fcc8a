//! The keeper of limits' counts: one task that owns the ledger. What it grants is on the disk before it says so; orders
//! that come together are written together.
//!
//! Messages are taken in the order they come, so a settling never overtakes its reservation.

use std::sync::Arc;

use ::proxy::{Ask, Counting, Limits};
use domain::limits::{Amounts, Asker, Changes, Denied, Ledger, Limit, Standing};
use domain::{ApplicationId, CallId, Handle, Timestamp, Uid};
use tokio::sync::{mpsc, oneshot};
use vault::{Pseudonyms, StoreError, Vault};

use crate::system;

/// Orders written together.
const BATCH: usize = 256;

enum Message {
    Reserve(CallId, Box<Ask>, oneshot::Sender<Result<u64, Denied>>),
    Settle(CallId, Amounts),
    Standings(ApplicationId, Vec<Handle>, Uid, Timestamp, oneshot::Sender<Vec<(Handle, Vec<Standing>)>>),
    All(Timestamp, oneshot::Sender<Vec<Standing>>),
    /// The limits in force from now on.
    Limits(Vec<Limit>, oneshot::Sender<()>),
    Flush(oneshot::Sender<()>),
}

/// The way to the ledger. Its messages are bounded by the calls the proxy lets in, and none may be lost.
#[derive(Clone)]
pub(crate) struct Keeper(mpsc::UnboundedSender<Message>);

impl Keeper {
    /// Opens the counts as they were left. Units of calls nobody settled count as used, and that is written first.
    pub(crate) fn open(
        vault: &Arc<Vault>,
    ) -> Result<(Self, impl Future<Output = ()> + Send + use<>), StoreError> {
        let mut ledger = Ledger::reopen(vault.limits()?, vault.kept_counts()?);
        let changes = ledger.take_changes();
        if !changes.is_empty() {
            vault.keep_counts(&changes, true)?;
        }
        let pseudonyms = vault.pseudonyms()?;
        let (messages, queue) = mpsc::unbounded_channel();
        let desk = Desk { ledger, pseudonyms, vault: Arc::clone(vault) };
        Ok((Self(messages), desk.work(queue)))
    }

    /// How every limit stands.
    pub(crate) async fn all(&self, at: Timestamp) -> Vec<Standing> {
        self.asked(|answer| Message::All(at, answer)).await.unwrap_or_default()
    }

    pub(crate) async fn set_limits(&self, limits: Vec<Limit>) {
        let _ = self.asked(|answer| Message::Limits(limits, answer)).await;
    }

    /// Returns when everything handed in before is written, or could not be.
    pub(crate) async fn flush(&self) {
        let _ = self.asked(Message::Flush).await;
    }

    async fn asked<T>(&self, message: impl FnOnce(oneshot::Sender<T>) -> Message) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        self.0.send(message(answer)).ok()?;
        answered.await.ok()
    }
}

impl Limits for Keeper {
    fn reserve(&self, call: CallId, ask: Ask) -> Counting<'_, Result<u64, Denied>> {
        // Sent at once: a caller that drops the future settles it later, and that must come after.
        let (answer, answered) = oneshot::channel();
        let sent = self.0.send(Message::Reserve(call, Box::new(ask), answer)).is_ok();
        Box::pin(async move {
            if !sent {
                return Err(Denied::NotKept);
            }
            answered.await.unwrap_or(Err(Denied::NotKept))
        })
    }

    fn settle(&self, call: CallId, used: Amounts) {
        let _ = self.0.send(Message::Settle(call, used));
    }

    fn standings(
        &self,
        application: ApplicationId,
        addons: Vec<Handle>,
        uid: Uid,
        at: Timestamp,
    ) -> Counting<'_, Vec<(Handle, Vec<Standing>)>> {
        Box::pin(async move {
            let message = |answer| Message::Standings(application, addons, uid, at, answer);
            self.asked(message).await.unwrap_or_default()
        })
    }
}

struct Desk {
    ledger: Ledger,
    pseudonyms: Pseudonyms,
    vault: Arc<Vault>,
}

type Granted = (u64, oneshot::Sender<Result<u64, Denied>>);

impl Desk {
    /// Until every [`Keeper`] is gone and all they said is done.
    async fn work(mut self, mut queue: mpsc::UnboundedReceiver<Message>) {
        let mut messages = Vec::with_capacity(BATCH);
        while queue.recv_many(&mut messages, BATCH).await > 0 {
            let (mut granted, mut flushed): (Vec<Granted>, Vec<_>) = (Vec::new(), Vec::new());
            for message in messages.drain(..) {
                match message {
                    Message::Flush(done) => flushed.push(done),
                    message => granted.extend(self.take(message)),
                }
            }
            let changes = self.ledger.take_changes();
            let written = changes.is_empty() || self.write(&changes).await;
            if !written {
                self.ledger.not_written(&changes);
            }
            for (output, answer) in granted {
                // What is not written down is not granted; the call ends, and settles what was held for it.
                let _ = answer.send(if written { Ok(output) } else { Err(Denied::NotKept) });
            }
            for done in flushed {
                let _ = done.send(());
            }
        }
    }

    fn take(&mut self, message: Message) -> Option<Granted> {
        match message {
            Message::Reserve(call, ask, answer) => {
                let person = self.pseudonyms.of(ask.application, &ask.uid);
                let asker = Asker { application: ask.application, addon: ask.addon, person };
                match self.ledger.reserve(call, &asker, ask.at, &ask.order) {
                    Ok(output) => return Some((output, answer)),
                    Err(denied) => {
                        let _ = answer.send(Err(denied));
                    }
                }
            }
            Message::Settle(call, used) => self.ledger.settle(call, &used),
            Message::Standings(application, addons, uid, at, answer) => {
                let person = self.pseudonyms.of(application, &uid);
                let of = |addon: Handle| {
                    let asker = Asker { application, addon: Some(addon), person };
                    (addon, self.ledger.standings_of(&asker, at))
                };
                let _ = answer.send(addons.into_iter().map(of).collect());
            }
            Message::All(at, answer) => {
                let _ = answer.send(self.ledger.standings(at));
            }
            Message::Limits(limits, done) => {
                self.ledger.set_limits(limits);
                let _ = done.send(());
            }
            Message::Flush(_) => {}
        }
        None
    }

    async fn write(&self, changes: &Changes) -> bool {
        let (vault, changes) = (Arc::clone(&self.vault), changes.clone());
        matches!(system::blocking(move || vault.keep_counts(&changes, false)).await, Ok(Ok(())))
    }
}
