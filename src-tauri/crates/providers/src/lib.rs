//! One adapter per AI provider: pure request builders, reply, stream and error readers.
