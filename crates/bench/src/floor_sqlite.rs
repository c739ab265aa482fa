//! The raw floor on SQLite: the C library commits the statements of one activation, one activation a commit, on a copy
//! of the same store with the same settings. It hashes nothing and builds no tree: it only writes rows of the same size.
//! With many activations a commit it shows what the library itself leaves room for.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use rusqlite::{Connection, OptionalExtension, params};

use crate::names;

/// An open copy.
pub(crate) struct Floor {
    connection: Connection,
    licenses: Vec<[u8; 16]>,
    vendor: [u8; 16],
    entry: String,
    body: String,
    checkpoint: String,
    size: i64,
    count: usize,
}

impl Floor {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
             PRAGMA cache_size = -65536; PRAGMA mmap_size = 1099511627776; PRAGMA temp_store = memory; \
             PRAGMA wal_autocheckpoint = 16000;",
        )?;
        connection.set_prepared_statement_cache_capacity(64);
        let licenses = connection
            .prepare("SELECT id FROM license")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<Vec<[u8; 16]>, _>>()?;
        let vendor = connection.query_row("SELECT id FROM vendor", [], |row| row.get(0))?;
        let (entry, body) = connection.query_row(
            "SELECT entry, body FROM ledger_entry WHERE verb = 'activation.activate' LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let (size, checkpoint) =
            connection.query_row("SELECT size, checkpoint FROM ledger_head", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        Ok(Self {
            connection,
            licenses,
            vendor,
            entry,
            body,
            checkpoint,
            size,
            count: 0,
        })
    }

    /// Activates so many, some of them with each commit; answers how many a second.
    pub(crate) fn activate(&mut self, total: usize, each_commit: usize) -> Result<f64> {
        let began = Instant::now();
        let commits = total / each_commit;
        for _ in 0..commits {
            self.run("BEGIN IMMEDIATE")?;
            for _ in 0..each_commit {
                self.activate_one()?;
            }
            self.run("COMMIT")?;
        }
        Ok((commits * each_commit) as f64 / began.elapsed().as_secs_f64())
    }

    fn run(&self, sql: &str) -> Result<()> {
        self.connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    }

    fn activate_one(&mut self) -> Result<()> {
        self.count += 1;
        let number = 5_000_000_000 + self.count;
        let license = *self
            .licenses
            .get(number.wrapping_mul(7919) % self.licenses.len())
            .context("there are licenses")?;
        let mut ids = [[0_u8; 16]; 3];
        for id in &mut ids {
            getrandom::fill(id).map_err(|error| anyhow::anyhow!("{error}"))?;
            // As ids of version 7 do, these grow.
            id[..6].copy_from_slice(&(self.count as u64).to_be_bytes()[2..]);
        }
        let [machine, activation, change] = ids;
        let (salt, hash, now) = ([9_u8; 16], [9_u8; 32], 1_700_000_000_000_i64);
        let name = names::friendly_name(number);
        let folded = format!("{}\u{3}\u{3}", name.to_lowercase());
        let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> Result<()> {
            self.connection.prepare_cached(sql)?.execute(values)?;
            Ok(())
        };
        self.connection
            .prepare_cached(
                "SELECT size, frontier, root, checkpoint FROM ledger_head WHERE vendor_id = ?1",
            )?
            .query_row([self.vendor], |row| row.get::<_, i64>(0))?;
        let (customer, product): ([u8; 16], [u8; 16]) = self
            .connection
            .prepare_cached("SELECT t.customer_id, t.product_id, t.* FROM license AS t WHERE t.vendor_id = ?1 AND t.id IN (?2) ORDER BY t.seq")?
            .query_row(params![self.vendor, license], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let code = format!("M-{number:010}");
        self.connection
            .prepare_cached(
                "SELECT * FROM machine WHERE customer_id = ?1 AND code = ?2 AND vendor_id = ?3",
            )?
            .query_row(params![customer, code, self.vendor], |_| Ok(()))
            .optional()?;
        run(
            "UPDATE license SET seats_used = seats_used + 1 WHERE id = ?1",
            params![license],
        )?;
        run(
            "INSERT INTO machine (id, customer_id, code, friendly_name, created_at, version, salt, vendor_id) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET code = excluded.code",
            params![machine, customer, code, name, now, 1, salt, self.vendor],
        )?;
        run(
            "INSERT INTO activation (id, license_id, machine_id, customer_id, product_id, state, activated_at, \
             deactivated_at, version, salt, last_seen_at, name_folded, vendor_id) \
             VALUES (?1, ?2, ?3, ?4, ?5, 'active', ?6, NULL, 1, ?7, ?6, ?8, ?9) \
             ON CONFLICT (id) DO UPDATE SET state = excluded.state",
            params![
                activation,
                license,
                machine,
                customer,
                product,
                now,
                salt,
                folded,
                self.vendor
            ],
        )?;
        run(
            "INSERT INTO ledger_entry (vendor_id, idx, at, verb, entity, entity_id, version, change_id, \
             undoes_change_id, entry, leaf, body) VALUES \
             (?1, ?2, ?3, 'machine.create', 'machine', ?4, 1, ?5, NULL, ?6, ?7, ?8), \
             (?1, ?2 + 1, ?3, 'activation.activate', 'activation', ?9, 1, ?5, NULL, ?6, ?7, ?8)",
            params![
                self.vendor,
                self.size,
                now,
                machine,
                change,
                self.entry,
                hash,
                self.body,
                activation
            ],
        )?;
        run(
            "INSERT INTO customer_entry (vendor_id, customer_id, idx) VALUES (?1, ?2, ?3), (?1, ?2, ?3 + 1)",
            params![self.vendor, customer, self.size],
        )?;
        self.size += 2;
        run(
            "INSERT INTO ledger_head (vendor_id, size, frontier, root, checkpoint) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (vendor_id) DO UPDATE SET size = excluded.size, frontier = excluded.frontier, \
             root = excluded.root, checkpoint = excluded.checkpoint",
            params![self.vendor, self.size, [9_u8; 320], hash, self.checkpoint],
        )
    }
}
