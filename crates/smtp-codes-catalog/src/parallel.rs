//! Work on all cores.

/// Does something with each of a list, on all cores, and keeps the order. A panic of one goes on in the caller.
pub fn parallel<'l, T: Sync, R: Send>(list: &'l [T], what: impl Fn(&'l T) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let what = &what;
    std::thread::scope(|scope| {
        let parts: Vec<_> = list
            .chunks(list.len().div_ceil(threads).max(1))
            .map(|part| scope.spawn(move || part.iter().map(what).collect::<Vec<R>>()))
            .collect();
        parts.into_iter().flat_map(joined).collect()
    })
}

/// Does two things beside each other.
pub fn both<A: Send, B>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let first = scope.spawn(first);
        let second = second();
        (joined(first), second)
    })
}

/// What a thread came to.
pub(crate) fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
