//! Who listens on a port of this machine, where that can be known: on Linux, of one's own processes.
//!
//! Reads `/proc` only. For a sentence that tells a developer which program to stop; no decision hangs on it.

use std::path::Path;

/// Such as `node (process 4242)`.
pub(crate) fn of(port: u16) -> Option<String> {
    let sockets: Vec<String> = ["/proc/net/tcp", "/proc/net/tcp6"]
        .iter()
        .filter_map(|table| std::fs::read_to_string(table).ok())
        .flat_map(|table| listening(&table, port))
        .map(|inode| format!("socket:[{inode}]"))
        .collect();
    if sockets.is_empty() {
        return None;
    }
    let processes = std::fs::read_dir("/proc").ok()?.flatten();
    processes.into_iter().find_map(|process| {
        let id: u32 = process.file_name().to_str()?.parse().ok()?;
        holds(&process.path(), &sockets).then(|| format!("{} (process {id})", name(&process.path())))
    })
}

/// The inodes of the sockets of a table that listen on a port.
fn listening(table: &str, port: u16) -> Vec<String> {
    let wanted = format!("{port:04X}");
    let rows = table.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>());
    let held = rows.filter(|row| {
        let local = row.get(1).and_then(|address| address.rsplit_once(':'));
        local.is_some_and(|(_, port)| port == wanted) && row.get(3) == Some(&"0A")
    });
    held.filter_map(|row| row.get(9).map(|inode| (*inode).to_owned())).collect()
}

fn holds(process: &Path, sockets: &[String]) -> bool {
    // Other users' processes keep this to themselves.
    let Ok(files) = std::fs::read_dir(process.join("fd")) else { return false };
    let mut targets = files.flatten().filter_map(|file| std::fs::read_link(file.path()).ok());
    targets.any(|target| target.to_str().is_some_and(|target| sockets.iter().any(|socket| socket == target)))
}

fn name(process: &Path) -> String {
    let name = std::fs::read_to_string(process.join("comm")).unwrap_or_default();
    // A program chooses its own name: nothing but a name gets through.
    let name: String = name.trim().chars().filter(|letter| !letter.is_control()).take(40).collect();
    if name.is_empty() { "a program".to_owned() } else { name }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_program_that_listens_is_named_on_either_address() {
        for address in ["127.0.0.1:0", "[::1]:0"] {
            let Ok(listener) = std::net::TcpListener::bind(address) else { continue };
            let port = listener.local_addr().unwrap().port();
            let owner = of(port).unwrap();
            assert!(owner.ends_with(&format!("(process {})", std::process::id())), "{owner}");
            drop(listener);
            assert_eq!(of(port), None);
        }
    }

    #[test]
    fn a_connection_is_no_listener() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
                     0: 0100007F:5B46 0100007F:0016 01 00000000:00000000 00:00000000 00000000 0 0 77 1\n\
                     1: 0100007F:5B46 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 88 1\n";
        assert_eq!(listening(table, 0x5b46), ["88"]);
        assert!(listening(table, 22).is_empty());
    }
}
