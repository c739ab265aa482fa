//! Checks the stored hashes of complete subtrees, from which inclusion proofs are made.

use latchkey_domain::merkle::{StoredNode, TILE_HEIGHT};

use super::replay::Replay;
use super::{Halt, problem};
use crate::App;

/// Nodes that are read at once.
const NODES_PER_READING: u32 = 4_096;

/// Compares the stored nodes with those that were recomputed.
pub(super) async fn check(app: &App, replay: &Replay) -> Result<(), Halt> {
    let mut level = TILE_HEIGHT;
    loop {
        let nodes = replay.nodes.iter().filter(|node| node.level == level);
        // Gathered first: a closure that is alive across an await keeps the whole check from being sent to a task.
        let mut nodes = nodes.collect::<Vec<_>>().into_iter().peekable();
        if nodes.peek().is_none() {
            return Ok(());
        }
        let mut from = 0;
        while nodes.peek().is_some() {
            let (id, height) = (app.scope.vendor_id, u32::from(level));
            let stored = app
                .store
                .ledger_nodes(id, height, from, NODES_PER_READING)
                .await?;
            let mut stored = stored.into_iter();
            for node in nodes.by_ref().take(NODES_PER_READING as usize) {
                if stored.next() != Some(node.hash) {
                    return wrong(node);
                }
                from = node.index + 1;
            }
        }
        level += TILE_HEIGHT;
    }
}

fn wrong(node: &StoredNode) -> Result<(), Halt> {
    let StoredNode { level, index, .. } = node;
    problem(format!(
        "ledger_node {index} of level {level} is missing or not the hash of the entries under it"
    ))
}
