//! The watcher: told by the system when the files change on disk, without looking at them in between. Where the system
//! cannot tell (a folder on the network, a limit that is reached) nothing is watched, and nothing else is missed.

use super::event::Event;
use crate::app::effect::Round;
use crate::app::msg::Msg;
use crate::app::renewal::Change;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _, WatcherKind};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// How many symbolic links are followed one after the other.
const LINKS: usize = 40;

/// Watches the files of a roster.
#[derive(Debug)]
pub(super) struct Watcher {
    sight: Arc<Mutex<Sight>>,
    /// What the system is asked to tell of, since what the last round read was there.
    ears: Mutex<Option<RecommendedWatcher>>,
}

/// What tells one state of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Print {
    length: u64,
    modified: Option<SystemTime>,
    inode: u64,
}

/// The files as they were when the last round of reading them began.
#[derive(Debug)]
struct Sight {
    files: Vec<PathBuf>,
    round: Round,
    prints: Vec<Option<Print>>,
    /// What has been told of this round.
    told: Option<Change>,
    sender: Sender<Event>,
}

impl Watcher {
    /// A watcher of these files that has not begun.
    pub(super) fn new(files: Vec<PathBuf>, sender: Sender<Event>) -> Watcher {
        let sight = Sight {
            prints: vec![None; files.len()],
            files,
            round: Round::default(),
            told: None,
            sender,
        };
        Watcher {
            sight: Arc::new(Mutex::new(sight)),
            ears: Mutex::new(None),
        }
    }

    /// Remembers the files as they are now, for the round of reading that begins.
    pub(super) fn remember(&self, round: Round) {
        let mut sight = lock(&self.sight);
        if round >= sight.round && !sight.files.is_empty() {
            sight.begin(round);
        }
    }

    /// Watches the files from here on, and looks what has become of them since they were remembered for this round.
    /// Asking the system may take as long as finding the columns of a roster does, and holds up whoever opens a file
    /// meanwhile: it walks through all names of the folder.
    pub(super) fn listen(&self, round: Round) {
        let mut ears = lock(&self.ears);
        let files = {
            let sight = lock(&self.sight);
            if round < sight.round || sight.files.is_empty() {
                return;
            }
            sight.files.clone()
        };
        // Whoever listens may be waiting for the sight, so that it is not held while the system is asked.
        *ears = listen(&files, &self.sight);
        lock(&self.sight).look();
    }
}

impl Sight {
    /// Remembers the files as they are now. What is missing already is told at once.
    fn begin(&mut self, round: Round) {
        self.round = round;
        self.prints = self.files.iter().map(|file| print(file)).collect();
        self.told = None;
        self.look();
    }

    /// Tells what became of the files, unless it has been told.
    fn look(&mut self) {
        let now: Vec<Option<Print>> = self.files.iter().map(|file| print(file)).collect();
        let change = if now.contains(&None) {
            Some(Change::Gone)
        } else if now != self.prints {
            Some(Change::Changed)
        } else {
            // What was gone and has come back may have been read without it.
            self.told.map(|_| Change::Changed)
        };
        if change == self.told {
            return;
        }
        self.told = change;
        if let Some(change) = change {
            let told = Event::Msg(Msg::Changed(self.round, change));
            let _ = self.sender.send(told);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Asks the system to tell of the folders in which the files stand, as most programs replace a file by another one of
/// its name. `None` where the system cannot but look again and again.
fn listen(files: &[PathBuf], sight: &Arc<Mutex<Sight>>) -> Option<RecommendedWatcher> {
    if RecommendedWatcher::kind() == WatcherKind::PollWatcher {
        return None;
    }
    let mut folders = BTreeSet::new();
    let mut names = BTreeSet::new();
    for file in files {
        for place in places(file) {
            let folder = place.parent().filter(|folder| *folder != Path::new(""));
            folders.insert(folder.unwrap_or(Path::new(".")).to_owned());
            names.extend(place.file_name().map(OsString::from));
        }
    }
    let sight = Arc::clone(sight);
    let own = folders.clone();
    let mut ears = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| concerns(&event, &names, &own)) {
            lock(&sight).look();
        }
    })
    .ok()?;
    for folder in &folders {
        let _ = ears.watch(folder, RecursiveMode::NonRecursive);
    }
    Some(ears)
}

/// Whether an event can mean that one of the files has changed.
fn concerns(
    event: &notify::Event,
    names: &BTreeSet<OsString>,
    folders: &BTreeSet<PathBuf>,
) -> bool {
    if event.need_rescan() {
        return true;
    }
    let known = |path: &PathBuf| {
        folders.contains(path) || path.file_name().is_some_and(|name| names.contains(name))
    };
    !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(known)
}

/// Where a file stands: the path itself, and where the symbolic links lead that it goes through.
fn places(file: &Path) -> Vec<PathBuf> {
    let mut places = vec![file.to_owned()];
    let mut at = file.to_owned();
    while places.len() <= LINKS
        && let Ok(target) = fs::read_link(&at)
    {
        at = match at.parent() {
            Some(folder) => folder.join(target),
            None => target,
        };
        places.push(at.clone());
    }
    places
}

/// The state of a file; `None` when it is not there.
fn print(file: &Path) -> Option<Print> {
    let about = fs::metadata(file).ok()?;
    Some(Print {
        length: about.len(),
        modified: about.modified().ok(),
        inode: inode(&about),
    })
}

#[cfg(unix)]
fn inode(about: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    about.ino()
}

#[cfg(not(unix))]
fn inode(_about: &Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn begin(watcher: &Watcher, round: Round) {
        watcher.remember(round);
        watcher.listen(round);
    }
    use std::io::Write;
    use std::sync::mpsc::{self, Receiver};
    use std::time::Duration;
    use tempfile::TempDir;

    struct Watched {
        folder: TempDir,
        watcher: Watcher,
        events: Receiver<Event>,
    }

    impl Watched {
        /// Watches this path in a folder where `roster.csv` stands.
        fn path(name: &str) -> Watched {
            let folder = TempDir::new().unwrap();
            fs::write(folder.path().join("roster.csv"), "a").unwrap();
            let (sender, events) = mpsc::channel();
            let watcher = Watcher::new(vec![folder.path().join(name)], sender);
            Watched {
                folder,
                watcher,
                events,
            }
        }

        fn file(&self) -> PathBuf {
            self.folder.path().join("roster.csv")
        }

        fn told(&self) -> (Round, Change) {
            match self.events.recv_timeout(Duration::from_secs(30)).unwrap() {
                Event::Msg(Msg::Changed(round, change)) => (round, change),
                other => panic!("{other:?}"),
            }
        }

        fn look(&self) -> Option<(Round, Change)> {
            lock(&self.watcher.sight).look();
            match self.events.try_recv() {
                Ok(Event::Msg(Msg::Changed(round, change))) => Some((round, change)),
                _ => None,
            }
        }
    }

    #[test]
    fn a_file_that_is_written_replaced_or_gone_is_told_of_once_each() {
        let watched = Watched::path("roster.csv");
        begin(&watched.watcher, Round(4));
        let mut file = fs::OpenOptions::new()
            .append(true)
            .open(watched.file())
            .unwrap();
        for _ in 0..1_000 {
            file.write_all(b"b").unwrap();
        }
        assert_eq!(watched.told(), (Round(4), Change::Changed));
        fs::remove_file(watched.file()).unwrap();
        assert_eq!(watched.told(), (Round(4), Change::Gone));
        let new = watched.folder.path().join("new");
        fs::write(&new, "b").unwrap();
        fs::rename(new, watched.file()).unwrap();
        assert_eq!(watched.told(), (Round(4), Change::Changed));
        assert_eq!(watched.look(), None);
    }

    #[test]
    fn what_becomes_of_a_file_while_it_is_read_is_told_once_it_was() {
        let watched = Watched::path("roster.csv");
        watched.watcher.remember(Round(4));
        fs::write(watched.file(), "longer").unwrap();
        assert!(watched.events.try_recv().is_err());
        watched.watcher.listen(Round(4));
        assert_eq!(watched.told(), (Round(4), Change::Changed));
        watched.watcher.remember(Round(5));
        fs::remove_file(watched.file()).unwrap();
        watched.watcher.listen(Round(5));
        assert_eq!(watched.told(), (Round(5), Change::Gone));
    }

    #[test]
    fn reading_a_file_and_writing_another_are_no_changes() {
        let watched = Watched::path("roster.csv");
        begin(&watched.watcher, Round(0));
        fs::read(watched.file()).unwrap();
        fs::write(watched.folder.path().join("other.csv"), "b").unwrap();
        assert_eq!(watched.look(), None);
    }

    #[test]
    fn a_round_begins_from_what_is_there_then() {
        let watched = Watched::path("roster.csv");
        begin(&watched.watcher, Round(0));
        fs::write(watched.file(), "longer").unwrap();
        assert_eq!(watched.told(), (Round(0), Change::Changed));
        begin(&watched.watcher, Round(1));
        assert_eq!(watched.look(), None);
        begin(&watched.watcher, Round(0));
        fs::remove_file(watched.file()).unwrap();
        lock(&watched.watcher.sight).look();
        assert_eq!(watched.told(), (Round(1), Change::Gone));
        begin(&watched.watcher, Round(2));
        assert_eq!(watched.told(), (Round(2), Change::Gone));
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_followed() {
        let watched = Watched::path("links/last.csv");
        let links = watched.folder.path().join("links");
        fs::create_dir(&links).unwrap();
        std::os::unix::fs::symlink("first.csv", links.join("last.csv")).unwrap();
        std::os::unix::fs::symlink("../roster.csv", links.join("first.csv")).unwrap();
        begin(&watched.watcher, Round(0));
        fs::write(watched.file(), "longer").unwrap();
        assert_eq!(watched.told(), (Round(0), Change::Changed));
        begin(&watched.watcher, Round(1));
        fs::remove_file(links.join("first.csv")).unwrap();
        assert_eq!(watched.told(), (Round(1), Change::Gone));
    }

    #[test]
    fn nothing_to_watch_is_watched_in_peace() {
        let (sender, events) = mpsc::channel();
        let watcher = Watcher::new(Vec::new(), sender);
        begin(&watcher, Round(0));
        lock(&watcher.sight).look();
        assert!(events.try_recv().is_err());
        let missing = Watched::path("none/roster.csv");
        begin(&missing.watcher, Round(0));
        assert_eq!(missing.told(), (Round(0), Change::Gone));
    }
}
