//! A PostgreSQL whose machine is gone without a word: connections stay open, and nothing comes any more.

use std::{path::Path, time::Duration};

use futures::future::join_all;
use tempfile::TempDir;
use tokio::{
    io::copy_bidirectional,
    net::{UnixListener, UnixStream},
    sync::watch,
};

use super::query;
use crate::store::{database_for_tests, open_for_tests};

/// A socket of our own before PostgreSQL's.
pub(crate) struct Silencer {
    pub url: String,
    silent: watch::Sender<()>,
    _dir: TempDir,
}

impl Silencer {
    pub fn before(url: &str) -> Self {
        const NAME: &str = ".s.PGSQL.5432";
        let dir = tempfile::tempdir().unwrap();
        let (user, rest) = url.split_once('@').unwrap();
        let (socket, rest) = rest.split_once('/').unwrap();
        let real = Path::new(&socket.replace("%2F", "/")).join(NAME);
        let listener = UnixListener::bind(dir.path().join(NAME)).unwrap();
        let silent = watch::Sender::new(());
        let telling = silent.clone();
        tokio::spawn(async move {
            while let Ok((mut from, _)) = listener.accept().await {
                let (real, mut told) = (real.clone(), telling.subscribe());
                tokio::spawn(async move {
                    let mut to = UnixStream::connect(real).await.unwrap();
                    tokio::select! {
                        _ = copy_bidirectional(&mut from, &mut to) => {}
                        _ = told.changed() => std::future::pending().await,
                    }
                });
            }
        });
        let host = dir.path().display().to_string().replace('/', "%2F");
        let url = format!("{user}@{host}/{rest}");
        Self { url, silent, _dir: dir }
    }

    /// Who is connected now hears nothing more; who comes later is answered.
    pub fn silence(&self) {
        self.silent.send_replace(());
    }
}

#[tokio::test]
async fn a_database_that_falls_silent_is_given_up_and_connected_to_anew() {
    let Some(url) = database_for_tests().await else {
        return; // A file is never silent.
    };
    let (dir, silencer) = (tempfile::tempdir().unwrap(), Silencer::before(&url));
    let store = open_for_tests(Some(&silencer.url), dir.path()).await.unwrap();
    // All the connections that there may be.
    let sleep = || query("SELECT pg_sleep(0.1)").execute(&store.pool);
    join_all((0..16).map(|_| sleep())).await;
    let mut held = store.pool.begin().await.unwrap();
    let asked = query("SELECT pg_sleep(1)").execute(&mut held);
    silencer.silence();
    let (asked, _) = tokio::join!(asked, join_all((0..30).map(|_| store.is_ready())));
    let said = asked.unwrap_err().to_string();
    assert!(said.contains("has not answered"), "{said}");
    drop(held);
    let all_answer = async {
        while !join_all((0..16).map(|_| sleep()))
            .await
            .into_iter()
            .all(|one| one.is_ok())
        {}
    };
    tokio::time::timeout(Duration::from_secs(20), all_answer)
        .await
        .expect("the silent connections keep their places");
}
