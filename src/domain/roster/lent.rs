//! What is lent: kept by others, and found again here as long as somebody keeps it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// Something that others keep.
#[derive(Debug)]
pub struct Lent<T>(Mutex<Weak<T>>);

impl<T> Default for Lent<T> {
    fn default() -> Lent<T> {
        Lent(Mutex::new(Weak::new()))
    }
}

/// A copy has nothing lent, since what it is of may change.
impl<T> Clone for Lent<T> {
    fn clone(&self) -> Lent<T> {
        Lent::default()
    }
}

impl<T> Lent<T> {
    /// It, where somebody keeps it.
    #[must_use]
    pub fn get(&self) -> Option<Arc<T>> {
        self.lent().upgrade()
    }

    /// Lends another instead.
    pub fn lend(&self, it: &Arc<T>) {
        *self.lent() = Arc::downgrade(it);
    }

    /// It, found now unless somebody keeps it. Who asks meanwhile waits for that.
    pub fn get_or_find(&self, find: impl FnOnce() -> T) -> Arc<T> {
        let mut lent = self.lent();
        lent.upgrade().unwrap_or_else(|| {
            let found = Arc::new(find());
            *lent = Arc::downgrade(&found);
            found
        })
    }

    fn lent(&self) -> MutexGuard<'_, Weak<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
