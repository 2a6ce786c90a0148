//! What becomes of memory that is given back.

/// Makes blocks of 128 KiB and more go back to the system when they are freed. That is glibc's own bound, but it is
/// raised to the size of every block that is freed, up to 32 MiB, and then the columns, texts and postings that come
/// and go with the documents stay in the heaps of the threads: `run` takes half as much memory again.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn give_back_large_blocks() {
    const BOUND: libc::c_int = 128 << 10;
    // SAFETY: it sets a number of the allocator under the allocator's own lock, and no other thread runs yet. If it is
    // refused, things stay as they are.
    #[allow(unsafe_code, reason = "there is no safe way to ask for it")]
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, BOUND);
    }
}

/// Other allocators give back by rules of their own.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn give_back_large_blocks() {}
