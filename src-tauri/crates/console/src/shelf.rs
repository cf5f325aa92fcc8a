//! Generated images on disk, in the data directory's folder `images`: named by unguessable ids, the newest 500.
//!
//! Nothing of a prompt, a folder's name or a uid is written.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use ::proxy::{FileId, NoShelf, Shelf, Shelving};
use bytes::Bytes;
use domain::Random;

use crate::system::blocking;

const FILES_MAX: usize = 500;

/// The folder.
pub(crate) struct DiskShelf {
    dir: PathBuf,
    random: Arc<dyn Random>,
}

impl DiskShelf {
    /// A shelf in `data_dir`; its folder is made with the first image.
    pub(crate) fn new(data_dir: &Path, random: Arc<dyn Random>) -> Self {
        Self { dir: data_dir.join("images"), random }
    }
}

impl Shelf for DiskShelf {
    fn put(&self, file: Bytes) -> Shelving<'_, Result<FileId, NoShelf>> {
        let (dir, random) = (self.dir.clone(), Arc::clone(&self.random));
        Box::pin(async move {
            let mut bits = [0; 16];
            random.fill(&mut bits).map_err(|_| NoShelf)?;
            let id = FileId::of(bits);
            let path = dir.join(id.as_str());
            let write = move || {
                fs::create_dir_all(&dir)?;
                fs::write(&path, &file)?;
                clear(&dir)
            };
            blocking(write).await.map_err(|_| NoShelf)?.map_err(|_| NoShelf)?;
            Ok(id)
        })
    }

    fn get(&self, id: FileId) -> Shelving<'_, Option<Bytes>> {
        let path = self.dir.join(id.as_str());
        Box::pin(async move { blocking(move || fs::read(path)).await.ok()?.ok().map(Bytes::from) })
    }
}

/// Takes the oldest beyond the limit.
fn clear(dir: &Path) -> std::io::Result<()> {
    let mut files: Vec<(SystemTime, PathBuf)> = fs::read_dir(dir)?
        .filter_map(Result::ok)
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    files.sort();
    let surplus = files.len().saturating_sub(FILES_MAX);
    for (_, path) in files.into_iter().take(surplus) {
        fs::remove_file(path)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OsRandom;

    #[tokio::test]
    async fn a_file_is_found_by_its_id_only_and_the_oldest_go() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = DiskShelf::new(dir.path(), Arc::new(OsRandom));
        let id = shelf.put(Bytes::from_static(b"picture")).await.unwrap();
        assert_eq!(shelf.get(id).await.unwrap(), "picture");
        assert!(shelf.get(FileId::of([7; 16])).await.is_none());
        for _ in 0..FILES_MAX + 3 {
            shelf.put(Bytes::from_static(b"x")).await.unwrap();
        }
        assert_eq!(fs::read_dir(dir.path().join("images")).unwrap().count(), FILES_MAX);
    }
}
