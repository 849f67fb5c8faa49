//! All worlds of a sandbox: how they are found, made, dropped and, for the demo, kept over a restart.

use std::{
    collections::BTreeMap,
    fs, io,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{
    seed,
    settings::Settings,
    token::WorldId,
    world::{GrantKind, Rules, World},
};

/// Worlds beside the demo; past it the oldest is dropped.
const MOST: usize = 200;

/// A world, shared by the calls that are under way in it.
pub type Shared = Arc<Mutex<World>>;

/// Enters a world. A call that failed within it has left it as it was, so a poisoned lock is no reason to stop.
pub fn enter(world: &Shared) -> MutexGuard<'_, World> {
    world.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The worlds by id, each with its age.
pub struct Worlds {
    worlds: Mutex<BTreeMap<WorldId, (u64, Shared)>>,
}

impl Worlds {
    /// Begins with the demo world: the one kept in the state file, or a new one.
    pub fn new(settings: &Settings) -> Self {
        let kept = settings.state_file.as_deref().and_then(load);
        let mut demo = kept.unwrap_or_else(|| demo(settings));
        demo.rules = rules(settings);
        let worlds = BTreeMap::from([(WorldId::DEMO, (0, Arc::new(Mutex::new(demo))))]);
        Self {
            worlds: Mutex::new(worlds),
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<WorldId, (u64, Shared)>> {
        self.worlds.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn find(&self, id: WorldId) -> Option<Shared> {
        self.lock().get(&id).map(|(_, world)| world.clone())
    }

    /// Takes a new world in. Past the limit the oldest is dropped for it, and given back.
    pub fn add(&self, world: World) -> Option<WorldId> {
        let mut worlds = self.lock();
        let age = worlds.values().map(|(age, _)| age).max().map_or(0, |age| age + 1);
        let others = worlds.iter().filter(|(id, _)| **id != WorldId::DEMO);
        let oldest = others.min_by_key(|(_, (age, _))| *age).map(|(id, _)| *id);
        let dropped = oldest.filter(|_| worlds.len() > MOST);
        if let Some(oldest) = dropped {
            worlds.remove(&oldest);
        }
        worlds.insert(world.id, (age, Arc::new(Mutex::new(world))));
        dropped
    }

    /// Drops a world; the demo begins anew instead. `false` if there is no such world.
    pub fn remove(&self, id: WorldId, settings: &Settings) -> bool {
        if id == WorldId::DEMO {
            let demo = demo(settings);
            save(settings, &demo);
            self.lock().insert(id, (0, Arc::new(Mutex::new(demo))));
            return true;
        }
        self.lock().remove(&id).is_some()
    }
}

fn demo(settings: &Settings) -> World {
    let mut world = World::new(WorldId::DEMO, rules(settings));
    seed::demo(&mut world);
    world
}

/// The rules of a world that asks for nothing else.
pub fn rules(settings: &Settings) -> Rules {
    Rules {
        coming_up: settings.coming_up,
        token_lifetime: settings.token_lifetime,
        rate_limit: None,
        scopes: None,
        grant: GrantKind::One,
        gaps: None,
    }
}

fn load(path: &Path) -> Option<World> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => {
            tracing::warn!(path = %path.display(), %error, "the sandbox's demo world cannot be read and begins anew");
            return None;
        }
    };
    serde_json::from_slice(&text)
        .inspect_err(|error| {
            tracing::warn!(path = %path.display(), %error, "the sandbox's demo world does not fit and begins anew");
        })
        .ok()
}

/// Keeps the demo world, where the settings name a file for it.
pub fn save(settings: &Settings, world: &World) {
    let Some(path) = settings.state_file.as_deref().filter(|_| world.id == WorldId::DEMO) else {
        return;
    };
    if let Err(error) = write(path, world) {
        tracing::warn!(path = %path.display(), %error, "the sandbox's demo world cannot be kept over a restart");
    }
}

/// Writes beside the file and then takes its place, so that a crash leaves the old one whole.
fn write(path: &Path, world: &World) -> io::Result<()> {
    let draft = path.with_extension("new");
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&draft)?;
    file.write_all(&serde_json::to_vec(world)?)?;
    fs::rename(&draft, path)
}
