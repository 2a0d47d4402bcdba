//! The alphabets as the vectors print them.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    table: Vec<Table>,
}

#[derive(Deserialize)]
struct Table {
    identifier: u8,
    kind: String,
    rows: Vec<String>,
}

/// Septets of the characters of each table, by identifier; 0 is the default table.
pub(crate) struct Tables {
    pub(crate) locking: HashMap<u8, HashMap<u32, u8>>,
    pub(crate) single: HashMap<u8, HashMap<u32, u8>>,
}

pub(crate) static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let vectors: Vectors = toml::from_str(include_str!("../../testdata/national.toml")).unwrap();
    let mut tables = Tables { locking: HashMap::new(), single: HashMap::new() };
    for table in vectors.table {
        let septets = septets(&table.rows);
        let place = match table.kind.as_str() {
            "locking" => &mut tables.locking,
            _ => &mut tables.single,
        };
        assert!(place.insert(table.identifier, septets).is_none());
    }
    tables
});

fn septets(rows: &[String]) -> HashMap<u32, u8> {
    let cells = rows.iter().flat_map(|row| row.split(' '));
    let mut septets = HashMap::new();
    for (septet, cell) in (0..128).zip(cells) {
        if cell != "----" {
            septets.entry(u32::from_str_radix(cell, 16).unwrap()).or_insert(septet);
        }
    }
    septets
}
