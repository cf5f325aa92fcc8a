//! Use cases of limits: list, set, remove.

use domain::Uid;
use domain::limits::{Limit, LimitId, Standing, Unit, Whose};
use uuid::Uuid;

use crate::Console;
use crate::api::{
    ApiError, Code, Items, LimitList, LimitRef, LimitSet, LimitStanding, LimitView, LimitWhose, Nothing,
    Topic,
};

const PEOPLE_SHOWN: usize = 20;
/// What the store and a window's numbers can hold exactly.
const AMOUNT_MAX: u64 = 1 << 53;

impl Console {
    pub(crate) async fn limit_list(&self, list: LimitList) -> Result<Items<LimitView>, ApiError> {
        let standings = self.limits.all(self.clock.now()).await;
        let snapshot = self.shared.snapshot.load_full();
        let mut views: Vec<LimitView> = Vec::new();
        for standing in standings {
            let id = standing.limit.application;
            let Some(entry) = snapshot.application(id) else { continue };
            if list.application.is_some_and(|wanted| wanted != id) {
                continue;
            }
            // The same limit's counts stand together, most used first.
            match views.last_mut().filter(|view| view.id == standing.limit.id) {
                Some(view) => count(view, &standing),
                None => views.push(view(&standing, entry.application.name.as_str())),
            }
        }
        Ok(views.into())
    }

    pub(crate) async fn limit_set(&self, set: LimitSet) -> Result<LimitView, ApiError> {
        let application = self.application(set.application).await?.id;
        let invalid = |message: &str, hint: &str| Err(ApiError::new(Code::InvalidInput, message, hint));
        if set.amount > AMOUNT_MAX {
            return invalid("The amount is too large.", "");
        }
        let whose = match (set.whose, set.uid) {
            (LimitWhose::Everyone, None) => Whose::Everyone,
            (LimitWhose::Each, None) => Whose::Each,
            (LimitWhose::One, Some(uid)) => {
                let uid = Uid::parse(&uid)?;
                let person = self.store(move |vault| {
                    Ok::<_, vault::StoreError>(vault.pseudonyms()?.of(application, &uid))
                });
                Whose::One(person.await?)
            }
            (LimitWhose::One, None) => return invalid("A limit of one end user needs a uid.", "Give one."),
            (_, Some(_)) => {
                return invalid("A uid stands only with a limit of one end user.", "Leave it out.");
            }
        };
        if let Some(handle) = set.addon
            && !counted(handle, set.unit)
        {
            return invalid("This AddOn does not use this unit.", "Count its own unit, tokens, or money.");
        }
        let LimitSet { addon, period, unit, amount, .. } = set;
        let limit = Limit { id: LimitId(Uuid::now_v7()), application, addon, whose, period, unit, amount };
        let id = self.change(&[Topic::Limits], move |vault| vault.set_limit(&limit)).await?;
        let all = self.limit_list(LimitList { application: Some(application) }).await?;
        all.items.into_iter().find(|view| view.id == id).ok_or_else(|| vault::StoreError::NotFound.into())
    }

    pub(crate) async fn limit_remove(&self, request: LimitRef) -> Result<Nothing, ApiError> {
        let limits = self.store(|vault| vault.limits()).await?;
        let limit = limits.into_iter().find(|limit| limit.id == request.limit);
        let limit = limit.ok_or(vault::StoreError::NotFound)?;
        self.change(&[Topic::Limits], move |vault| vault.remove_limit(&limit)).await?;
        Ok(Nothing {})
    }
}

/// Whether an AddOn's calls can use a unit at all.
fn counted(handle: domain::Handle, unit: Unit) -> bool {
    use domain::addons::Capability;
    match (handle.descriptor().capability, unit) {
        (_, Unit::Money) => true,
        (Some(Capability::Writing), unit) => unit == Unit::Tokens,
        // Described by a model that sees, a picture takes tokens.
        (Some(Capability::Captioning), unit) => matches!(unit, Unit::Images | Unit::Tokens),
        (Some(Capability::Drawing), unit) => unit == Unit::Images,
        (Some(Capability::Translating), unit) => unit == Unit::Characters,
        (None, _) => false,
    }
}

fn view(standing: &Standing, application_name: &str) -> LimitView {
    let limit = &standing.limit;
    let (whose, who) = match limit.whose {
        Whose::Everyone => (LimitWhose::Everyone, None),
        Whose::Each => (LimitWhose::Each, None),
        Whose::One(person) => (LimitWhose::One, Some(person.to_string())),
    };
    let mut view = LimitView {
        id: limit.id,
        application: limit.application,
        application_name: application_name.to_owned(),
        addon: limit.addon,
        whose,
        who,
        period: limit.period,
        unit: limit.unit,
        amount: limit.amount,
        resets: standing.resets,
        standing: one(standing),
        people: Vec::new(),
        people_count: 0,
    };
    count(&mut view, standing);
    view
}

fn count(view: &mut LimitView, standing: &Standing) {
    if standing.person.is_none() {
        return;
    }
    view.people_count = view.people_count.saturating_add(1);
    if view.people.len() < PEOPLE_SHOWN {
        view.people.push(one(standing));
    }
}

fn one(standing: &Standing) -> LimitStanding {
    LimitStanding {
        who: standing.person.map(|person| person.to_string()),
        used: standing.count.used,
        held: standing.held,
        assumed: standing.count.assumed,
        left: standing.left(),
    }
}
