//! Shows that long work is in progress: on standard error if that is a terminal, after half a second, until it is done.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Shorter work is not shown.
const DELAY: Duration = Duration::from_millis(500);
const INTERVAL: Duration = Duration::from_millis(100);

/// Work in progress, until this is dropped. Shows a fixed message and the time, and nothing of the data.
pub(crate) struct Progress {
    bar: ProgressBar,
    drawing: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    pub(crate) fn begin(message: &'static str) -> Self {
        let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})");
        let style = style.unwrap_or_else(|_| ProgressStyle::default_spinner());
        let bar = ProgressBar::hidden().with_message(message).with_style(style);
        let mut drawing = None;
        if !ProgressDrawTarget::stderr().is_hidden() {
            let (done, is_done) = mpsc::channel();
            let drawn = bar.clone();
            let thread = thread::Builder::new().spawn(move || draw(&drawn, &is_done));
            drawing = thread.ok().map(|thread| (done, thread));
        }
        Self { bar, drawing }
    }

    /// Hides what is shown while `write` writes to the terminal.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

fn draw(bar: &ProgressBar, is_done: &Receiver<()>) {
    let mut pause = DELAY;
    while is_done.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        if bar.is_hidden() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.tick();
        pause = INTERVAL;
    }
    bar.finish_and_clear();
}

impl Drop for Progress {
    /// The terminal is clean when this returns.
    fn drop(&mut self) {
        if let Some((done, thread)) = self.drawing.take() {
            drop(done);
            let _ = thread.join();
        }
    }
}
