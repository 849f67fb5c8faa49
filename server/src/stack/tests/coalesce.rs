//! Who shares an answer with whom, and for how long.

use futures::future::join_all;
use management_api::organizations::GetOrganization;
use tower::{Layer, service_fn};

use super::*;
use crate::{
    instances::{Change, Instances},
    stack::call::Next,
};

#[tokio::test]
async fn a_hundred_identical_reads_are_one_call() {
    let upstream = Upstream::start(|_| async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        r#"{"name":"Shop"}"#
    })
    .await;
    let stack = upstream.stack();
    let answers = join_all((0..100).map(|_| stack.send(call("ada", &get("shop"))))).await;
    assert_eq!(upstream.seen().len(), 1);
    let answers: Vec<Answer> = answers.into_iter().map(Result::unwrap).collect();
    assert!(answers.iter().all(|answer| answer.body == r#"{"name":"Shop"}"#));
    assert_eq!(
        answers
            .iter()
            .filter(|answer| answer.source == Source::Upstream)
            .count(),
        1
    );
}

#[tokio::test]
async fn people_never_share_and_neither_do_sign_ins_of_one() {
    let upstream = Upstream::start(|seen: Seen| async move { seen.token().to_owned() }).await;
    let stack = upstream.stack();
    let mut elsewhere = call("ada", &get("shop"));
    elsewhere.caller.account = AccountKey::from("another-session".to_owned());
    let calls = [call("ada", &get("shop")), call("grace", &get("shop")), elsewhere];
    for answer in join_all(calls.map(|call| stack.send(call))).await {
        assert_eq!(answer.unwrap().source, Source::Upstream);
    }
    assert_eq!(upstream.seen().len(), 3);
}

#[tokio::test]
async fn other_parameters_are_another_call() {
    let upstream = Upstream::content().await;
    let stack = upstream.stack();
    let page = |offset| ListOrganizationProjects {
        slug: "acme".to_owned(),
        offset,
        limit: 100,
        search: String::new(),
        sort: None,
        statuses: String::new(),
    };
    for operation in [page(0), page(100), page(0)] {
        stack.send(call("ada", &operation)).await.unwrap();
    }
    assert_eq!(upstream.seen().len(), 2);
}

#[tokio::test]
async fn an_answer_is_kept_for_a_moment_only() {
    let upstream = Upstream::content().await;
    let settings = StackSettings {
        keep: Duration::from_millis(500),
        ..upstream.settings()
    };
    let stack = CallStack::new(
        settings,
        Arc::new(FakeTokens::holding(FRESH)),
        Arc::new(Memory::default()),
    );
    let source = async || stack.send(call("ada", &get("shop"))).await.unwrap().source;
    assert_eq!([source().await, source().await], [Source::Upstream, Source::Cache]);
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(source().await, Source::Upstream);
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_not_kept() {
    for body in ["{}", "<html>", ""] {
        let upstream = Upstream::start(move |_| async move { body }).await;
        let stack = upstream.stack();
        for _ in 0..2 {
            let answer = stack.send(call("ada", &get("shop"))).await.unwrap();
            assert_eq!((answer.source, &answer.body[..]), (Source::Upstream, body.as_bytes()));
        }
    }
}

#[tokio::test]
async fn errors_are_shared_but_not_kept() {
    let upstream = Upstream::start(|_| async {
        tokio::time::sleep(Duration::from_millis(30)).await;
        refusing(404, "Not found")
    })
    .await;
    let stack = upstream.stack();
    for calls_before in [0, 1] {
        assert_eq!(upstream.seen().len(), calls_before);
        for answer in join_all((0..5).map(|_| stack.send(call("ada", &get("shop"))))).await {
            assert_eq!(answer.unwrap_err(), ConsoleError::NotFound);
        }
    }
    assert_eq!(upstream.seen().len(), 2);
}

#[tokio::test]
async fn a_write_outdates_its_project_and_the_lists_for_everybody() {
    let upstream = Upstream::content().await;
    let stack = upstream.stack();
    let organization = GetOrganization {
        slug: "acme".to_owned(),
    };
    let reads = || {
        [
            call("ada", &get("shop")),
            call("ada", &ListProjects {}),
            call("ada", &organization),
            call("ada", &get("blog")),
        ]
    };
    let sources = async || {
        join_all(reads().map(|call| stack.send(call)))
            .await
            .into_iter()
            .map(|a| a.unwrap().source)
    };
    let (upstreams, cache) = (Source::Upstream, Source::Cache);
    assert!(sources().await.eq([upstreams; 4]));
    assert!(sources().await.eq([cache; 4]));
    stack.send(call("grace", &rename("shop"))).await.unwrap();
    assert!(sources().await.eq([upstreams, upstreams, upstreams, cache]));
    stack.send(call("grace", &create())).await.unwrap();
    assert!(sources().await.eq([upstreams; 4]));
}

#[tokio::test]
async fn a_read_under_way_is_outdated_by_a_write() {
    let gate = gate();
    let held = gate.clone();
    let upstream = Upstream::start(move |seen: Seen| {
        let held = held.clone();
        async move {
            if seen.method == "GET" {
                pass(&held).await;
            }
            CONTENT
        }
    })
    .await;
    let stack = upstream.stack();
    let read = || {
        let stack = stack.clone();
        tokio::spawn(async move { stack.send(call("ada", &get("shop"))).await })
    };
    let before = read();
    upstream.reached(1).await;
    stack.send(call("ada", &rename("shop"))).await.unwrap();
    let after = read();
    upstream.reached(3).await;
    gate.add_permits(2);
    for read in [before, after] {
        assert_eq!(read.await.unwrap().unwrap().source, Source::Upstream);
    }
    // The later read's answer is the one that is kept.
    assert_eq!(read().await.unwrap().unwrap().source, Source::Cache);
}

#[tokio::test]
async fn a_read_during_a_write_is_outdated_by_its_end() {
    let gate = gate();
    let held = gate.clone();
    let upstream = Upstream::start(move |seen: Seen| {
        let held = held.clone();
        async move {
            if seen.method == "PATCH" {
                pass(&held).await;
            }
            CONTENT
        }
    })
    .await;
    let stack = upstream.stack();
    let writer = stack.clone();
    let write = tokio::spawn(async move { writer.send(call("ada", &rename("shop"))).await });
    upstream.reached(1).await;
    stack.send(call("ada", &get("shop"))).await.unwrap();
    gate.add_permits(1);
    write.await.unwrap().unwrap();
    assert_eq!(
        stack.send(call("ada", &get("shop"))).await.unwrap().source,
        Source::Upstream
    );
}

#[tokio::test]
async fn one_callers_disconnect_does_not_fail_the_others() {
    let gate = gate();
    let held = gate.clone();
    let upstream = Upstream::start(move |_| {
        let held = held.clone();
        async move {
            pass(&held).await;
            CONTENT
        }
    })
    .await;
    let stack = upstream.stack();
    let read = || {
        let stack = stack.clone();
        tokio::spawn(async move { stack.send(call("ada", &get("shop"))).await })
    };
    let leader = read();
    upstream.reached(1).await;
    let others: Vec<_> = (0..10).map(|_| read()).collect();
    leader.abort();
    assert!(leader.await.unwrap_err().is_cancelled());
    gate.add_permits(1);
    for other in others {
        other.await.unwrap().unwrap();
    }
    assert_eq!(upstream.seen().len(), 1);
}

#[tokio::test]
async fn a_write_to_a_branch_outdates_reads_of_its_project_and_of_its_parent() {
    let (shop, copy) = ("shopshopshopshopshop", "copycopycopycopycopy");
    let upstream = Upstream::start(move |seen: Seen| async move {
        if seen.path.ends_with("/branches") {
            format!(r#"[{{ "id": "1", "project_ref": "{copy}", "parent_project_ref": "{shop}" }}]"#)
        } else {
            CONTENT.to_owned()
        }
    })
    .await;
    let settings = StackSettings {
        directory: Some(Directory::default()),
        ..upstream.settings()
    };
    let stack = CallStack::new(
        settings,
        Arc::new(FakeTokens::holding(FRESH)),
        Arc::new(Memory::default()),
    );
    let branches = management_api::branches::ListBranches {
        project: shop.to_owned(),
    };
    stack.send(call("ada", &branches)).await.unwrap();
    let read = async |name: &str, project: &str| stack.send(call(name, &get(project))).await.unwrap().source;
    let others = ["another", shop, copy];
    for project in others {
        read("ada", project).await;
        assert_eq!(read("ada", project).await, Source::Cache);
    }
    // Grace has read the copy as a project of its own.
    read("grace", copy).await;
    let push: management_api::branches::PushBranch =
        serde_json::from_value(serde_json::json!({ "branch_id_or_ref": copy })).unwrap();
    stack.send(call("ada", &push)).await.unwrap();
    assert_eq!(read("ada", "another").await, Source::Cache);
    for (name, project) in [("ada", shop), ("ada", copy), ("grace", copy)] {
        assert_eq!(read(name, project).await, Source::Upstream, "{name}: {project}");
    }
}

#[tokio::test]
async fn a_write_is_told_when_it_begins_and_when_it_ends_or_is_broken_off() {
    let instances = Instances::default();
    let heard = Arc::<Mutex<Vec<Change>>>::default();
    let hearing = heard.clone();
    instances.on_change(move |change| hearing.lock().unwrap().push(change.clone()));
    let shop = Change::Project {
        reference: "shop".to_owned(),
        own: None,
    };
    fn over<S: Next>(inner: S, instances: &Instances) -> impl Next + use<S> {
        let metrics = Metrics::default();
        crate::stack::coalesce::layer(Duration::ZERO, 0, instances.clone(), metrics).layer(inner)
    }

    let done = service_fn(|_: Call| async { Ok(answer(200, "{}", Rate::default())) });
    let done = over(done, &instances).oneshot(call("ada", &rename("shop")));
    done.await.unwrap();
    assert_eq!(
        std::mem::take(&mut *heard.lock().unwrap()),
        [shop.clone(), shop.clone()]
    );

    let never = service_fn(|_: Call| std::future::pending());
    let never = over(never, &instances).oneshot(call("ada", &rename("shop")));
    let broken_off = tokio::time::timeout(Duration::from_millis(20), never).await;
    assert!(broken_off.is_err());
    assert_eq!(*heard.lock().unwrap(), [shop.clone(), shop]);
}
