//! Who finds which calls.

use std::time::Duration;

use app::audit::{AuditCall, AuditFilter, Budget, Cursor, EffectChoice, Outcome};
use management_api::{
    Area, Effect, Operation, Scope,
    organizations::{GetOrganization, ListOrganizations},
    projects::{DeleteProject, ListProjects},
};
use proptest::prelude::*;

use super::{AuditTable, find::Visibility};
use crate::{
    audit_log::{AuditLog, Decision, End, Intent, Outcome as Came},
    identity::{PersonId, Through},
    stack::tests::{call, get, rename},
    store::{self, Store, sql},
};

struct House {
    store: Store,
    table: AuditTable,
    _dir: tempfile::TempDir,
}

async fn house() -> House {
    let dir = tempfile::tempdir().unwrap();
    let store = store::for_tests(dir.path()).await;
    let table = AuditTable::new(&store, "here");
    House {
        store,
        table,
        _dir: dir,
    }
}

fn end(outcome: Came) -> End {
    End {
        decision: Decision::Allowed,
        outcome,
        budget: Budget {
            remaining: Some(7),
            limit: Some(120),
        },
        request_id: Some("r-1".to_owned()),
        reached: Some(true),
        took: Duration::from_millis(12),
    }
}

fn done() -> End {
    end(Came::Done {
        status: 200,
        understood: true,
        left_out: None,
    })
}

impl House {
    /// Writes down what `name` did; on the day, if one is given.
    async fn note(&self, name: &str, operation: &impl Operation, end: Option<End>, day: Option<&str>) -> i64 {
        let mut call = call(name, operation);
        if name == "eve" {
            call.caller.through = Through::Explorer;
        }
        let id = self.table.begin(Intent::of(&call, None)).await.unwrap();
        if let Some(end) = end {
            self.table.finish(id, end).await;
        }
        if let Some(day) = day {
            sql::query("UPDATE audit SET at = $1 || substr(at, 11) WHERE id = $2")
                .bind(day)
                .bind(id.0)
                .execute(&self.store.pool)
                .await
                .unwrap();
        }
        id.0
    }

    async fn page(&self, visible: &Visibility, filter: &AuditFilter, cursor: Cursor, count: u32) -> Vec<i64> {
        ids(self.store.audit_page(visible, filter, cursor, count).await.unwrap())
    }

    /// What is found; the two ways must agree, and so must each call by itself.
    async fn found(&self, visible: &Visibility, filter: &AuditFilter) -> Vec<i64> {
        let found = self.page(visible, filter, Cursor::Newest, 1_000).await;
        let stretch = self.store.audit_stretch(visible, filter, None, 1_000).await.unwrap();
        assert_eq!(found, ids(stretch));
        for id in &found {
            assert!(self.store.audit_call(visible, *id).await.unwrap().is_some());
        }
        found
    }
}

fn ids(calls: Vec<AuditCall>) -> Vec<i64> {
    calls.into_iter().map(|call| call.id).collect()
}

fn visible(name: &str, projects: &[&str], organizations: &[&str]) -> Visibility {
    let all =
        |scope: fn(String) -> Scope, keys: &[&str]| keys.iter().map(|key| scope((*key).to_owned())).collect::<Vec<_>>();
    Visibility {
        people: vec![PersonId::from(name.to_owned())],
        places: [all(Scope::Project, projects), all(Scope::Organization, organizations)].concat(),
    }
}

fn organization(slug: &str) -> GetOrganization {
    GetOrganization { slug: slug.to_owned() }
}

#[tokio::test]
async fn people_see_their_own_calls_and_those_in_places_they_can_list() {
    let house = house().await;
    let everything = AuditFilter::default();
    let list = house.note("ada", &ListProjects {}, Some(done()), None).await;
    let shop = house.note("ada", &rename("shop"), Some(done()), None).await;
    let acme = house.note("ada", &organization("acme"), Some(done()), None).await;
    let garden = house.note("eve", &rename("garden"), Some(done()), None).await;
    let all = |keys: &[i64]| {
        let mut keys = keys.to_vec();
        keys.reverse();
        keys
    };
    assert_eq!(
        house.found(&visible("ada", &[], &[]), &everything).await,
        all(&[list, shop, acme])
    );
    assert_eq!(
        house.found(&visible("eve", &[], &[]), &everything).await,
        all(&[garden])
    );
    assert_eq!(
        house.found(&visible("eve", &["shop"], &[]), &everything).await,
        all(&[shop, garden])
    );
    // A slug is no ref, even if it reads the same.
    assert_eq!(
        house.found(&visible("eve", &["acme"], &["shop"]), &everything).await,
        all(&[garden])
    );
    assert_eq!(
        house
            .found(&visible("bob", &["shop", "garden"], &["acme"]), &everything)
            .await,
        all(&[shop, acme, garden])
    );
    assert_eq!(
        house.found(&visible("bob", &[], &[]), &everything).await,
        [] as [i64; 0]
    );
    for id in [list, shop, acme, garden] {
        assert_eq!(
            house.store.audit_call(&visible("bob", &[], &[]), id).await.unwrap(),
            None
        );
    }
    // A person cannot be widened by a filter.
    let filter = AuditFilter {
        place: "shop".to_owned(),
        ..AuditFilter::default()
    };
    assert_eq!(house.found(&visible("bob", &[], &[]), &filter).await, [] as [i64; 0]);
    assert_eq!(house.found(&visible("ada", &[], &[]), &filter).await, [shop]);
}

#[tokio::test]
async fn every_filter_narrows() {
    let house = house().await;
    let delete = DeleteProject {
        project: "shop".to_owned(),
    };
    let refused = Came::Refused {
        status: Some(403),
        message: "No".to_owned(),
    };
    let read = house
        .note("ada", &ListOrganizations {}, Some(done()), Some("2026-06-01"))
        .await;
    let renamed = house
        .note("ada", &rename("shop"), Some(done()), Some("2026-06-02"))
        .await;
    let deleted = house.note("eve", &delete, Some(end(refused)), Some("2026-06-03")).await;
    let open = house.note("ada", &rename("garden"), None, Some("2026-06-04")).await;
    let visible = visible("ada", &["shop"], &[]);
    let found = async |filter: AuditFilter| house.found(&visible, &filter).await;
    let any = AuditFilter::default;

    assert_eq!(found(any()).await, [open, deleted, renamed, read]);
    assert_eq!(
        found(AuditFilter {
            person: "EVE@".into(),
            ..any()
        })
        .await,
        [deleted]
    );
    assert_eq!(
        found(AuditFilter {
            person: "ada example".into(),
            ..any()
        })
        .await,
        [open, renamed, read]
    );
    assert_eq!(
        found(AuditFilter {
            person: "%".into(),
            ..any()
        })
        .await,
        [] as [i64; 0]
    );
    assert_eq!(
        found(AuditFilter {
            place: "shop".into(),
            ..any()
        })
        .await,
        [deleted, renamed]
    );
    assert_eq!(
        found(AuditFilter {
            area: Some(Area::Organizations),
            ..any()
        })
        .await,
        [read]
    );
    assert_eq!(
        found(AuditFilter {
            effect: EffectChoice::Changes,
            ..any()
        })
        .await,
        [open, deleted, renamed]
    );
    let destructive = EffectChoice::Only(Effect::Destructive);
    assert_eq!(
        found(AuditFilter {
            effect: destructive,
            ..any()
        })
        .await,
        [deleted]
    );
    assert_eq!(
        found(AuditFilter {
            outcome: Some(Outcome::Started),
            ..any()
        })
        .await,
        [open]
    );
    assert_eq!(
        found(AuditFilter {
            outcome: Some(Outcome::Refused),
            ..any()
        })
        .await,
        [deleted]
    );
    assert_eq!(
        found(AuditFilter {
            through: "explorer".into(),
            ..any()
        })
        .await,
        [deleted]
    );
    assert_eq!(
        found(AuditFilter {
            from: "2026-06-03".into(),
            ..any()
        })
        .await,
        [open, deleted]
    );
    assert_eq!(
        found(AuditFilter {
            to: "2026-06-02".into(),
            ..any()
        })
        .await,
        [renamed, read]
    );
    let day = AuditFilter {
        from: "2026-06-02".into(),
        to: "2026-06-02".into(),
        ..any()
    };
    assert_eq!(found(day).await, [renamed]);
    assert_eq!(
        found(AuditFilter {
            from: "' OR 1=1 --".into(),
            ..any()
        })
        .await
        .len(),
        4
    );
}

#[tokio::test]
async fn a_call_is_read_as_it_was_written() {
    let house = house().await;
    let refused = Came::Refused {
        status: Some(409),
        message: "Taken".to_owned(),
    };
    let id = house.note("eve", &rename("shop"), Some(end(refused)), None).await;
    let call = house
        .store
        .audit_call(&visible("eve", &[], &[]), id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(call.person, "eve@example.com");
    assert_eq!(
        (call.through.as_str(), call.area.as_str(), call.effect.as_str()),
        ("explorer", "projects", "write")
    );
    assert_eq!(
        (call.decision.as_str(), call.outcome, call.status),
        ("allowed", Outcome::Refused, Some(409))
    );
    assert_eq!((call.budget.remaining, call.budget.limit), (Some(7), Some(120)));
    assert_eq!((call.milliseconds, call.request_id.as_deref()), (Some(12), Some("r-1")));
    assert_eq!(call.message.as_deref(), Some("Taken"));
    assert_eq!(call.scope, Scope::Project("shop".to_owned()));
    assert_eq!(
        call.sentence.text,
        "eve@example.com renamed the project shop to New name"
    );
    assert_eq!(call.sentence.marks.len(), 3);
    assert_eq!(call.request_line().as_deref(), Some("PATCH /v1/projects/shop"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Turned over page by page, in either direction, no call is missed and none comes twice.
    #[test]
    fn pages_follow_on_each_other(
        calls in prop::collection::vec((0..3_usize, 0..4_usize, 0..3_u8), 1..40),
        size in 1..9_u32,
    ) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let house = house().await;
            for (who, place, day) in calls {
                let day = format!("2026-06-0{}", day + 1);
                let name = ["ada", "eve", "bob"][who];
                house.note(name, &get(["shop", "garden", "attic", "cellar"][place]), Some(done()), Some(&day)).await;
            }
            // Many at the same moment.
            sql::query("UPDATE audit SET at = substr(at, 1, 19)").execute(&house.store.pool).await.unwrap();
            let visible = visible("ada", &["shop", "garden"], &["attic"]);
            let all = house.found(&visible, &AuditFilter::default()).await;
            let expected: Vec<i64> = sql::query_scalar(
                "SELECT id FROM audit WHERE person = 'ada' OR scope IN ('shop', 'garden') ORDER BY at DESC, id DESC",
            )
            .fetch_all(&house.store.pool)
            .await
            .unwrap();
            assert_eq!(all, expected);

            let mut down = Vec::new();
            let mut cursor = Cursor::Newest;
            loop {
                let page = house.page(&visible, &AuditFilter::default(), cursor, size).await;
                let Some(last) = page.last() else { break };
                cursor = Cursor::Before(*last);
                down.extend(page);
            }
            assert_eq!(down, all);

            let Some(last) = all.last() else { return };
            let mut up = vec![*last];
            loop {
                let page = house.page(&visible, &AuditFilter::default(), Cursor::After(up[0]), size).await;
                if page.is_empty() { break }
                up.splice(0..0, page);
            }
            assert_eq!(up, all);
        });
    }
}

#[tokio::test]
async fn others_see_what_its_caller_could_reach() {
    let house = house().await;
    let everything = AuditFilter::default();
    let not = |reached| End {
        reached,
        ..end(Came::Refused {
            status: Some(403),
            message: "no".to_owned(),
        })
    };
    let refused = house.note("eve", &rename("shop"), Some(not(Some(false))), None).await;
    let unclear = house.note("eve", &rename("shop"), Some(not(None)), None).await;
    let open = house.note("eve", &rename("shop"), None, None).await;
    let reached = house.note("eve", &rename("shop"), Some(done()), None).await;
    assert_eq!(
        house.found(&visible("ada", &["shop"], &[]), &everything).await,
        [reached]
    );
    assert_eq!(
        house.found(&visible("eve", &[], &[]), &everything).await,
        [reached, open, unclear, refused]
    );
}

#[tokio::test]
async fn the_record_of_a_deleted_project_stays_with_its_organization() {
    let house = house().await;
    let renamed = house.note("ada", &rename("shop"), Some(done()), None).await;
    let deleted = house
        .note(
            "ada",
            &DeleteProject {
                project: "shop".to_owned(),
            },
            Some(done()),
            None,
        )
        .await;
    house
        .note(
            "ada",
            &DeleteProject {
                project: "pond".to_owned(),
            },
            None,
            None,
        )
        .await;
    sql::query("UPDATE audit SET organization = 'acme'")
        .execute(&house.store.pool)
        .await
        .unwrap();
    let of = |slug: &str| vec![slug.to_owned()];
    assert_eq!(house.store.deleted_projects(&of("acme")).await.unwrap(), ["shop"]);
    assert!(house.store.deleted_projects(&of("globex")).await.unwrap().is_empty());
    assert_eq!(
        house
            .found(&visible("eve", &["shop"], &["acme"]), &AuditFilter::default())
            .await,
        [deleted, renamed]
    );
}
