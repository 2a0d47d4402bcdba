//! What an operator does with rates.

use crate::customer::{customer, refused, said};

const RATES: &str = "country,credits_per_part,valid_from\nBE,0.2,2020-01-01\n";

#[test]
fn rates_are_imported_listed_exported_and_withdrawn() {
    let folder = customer();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (file, copy) = (path("new.csv"), path("copy.csv"));
    std::fs::write(&file, RATES).unwrap();
    assert_eq!(said(folder.path(), &["rates", "list"]).lines().count(), 1);
    assert!(said(folder.path(), &["rates", "export"]).starts_with("# Sample rates"));

    let dry = said(folder.path(), &["rates", "import", &file, "--dry-run"]);
    assert!(dry.contains("changed\t\tBE\t0.0616\t0.2000\t+224.6\tmore_than_doubled\n"), "{dry}");
    assert!(dry.ends_with(" 0 as they are.\nNothing was imported.\n"), "{dry}");
    assert_eq!(said(folder.path(), &["rates", "list"]).lines().count(), 1);

    let done = said(folder.path(), &["rates", "import", &file]);
    assert!(done.ends_with("The rates are version 1.\n"), "{done}");
    assert!(refused(folder.path(), 2, &["rates", "import", &file]).contains("very prices"));

    // What is exported can be imported; it is the same.
    said(folder.path(), &["rates", "export", &copy]);
    assert!(refused(folder.path(), 2, &["rates", "import", &copy]).contains("very prices"));
    assert!(refused(folder.path(), 2, &["rates", "export", &copy]).contains("already"));

    std::fs::write(&file, RATES.replace("0.2", "0.3")).unwrap();
    let past = ["rates", "import", &file, "--valid-from", "2020-01-01"];
    assert!(refused(folder.path(), 2, &past).contains("a moment that is over"));
    let later = ["rates", "import", &file, "--valid-from", "2099-01-01"];
    assert!(said(folder.path(), &later).ends_with("The rates are version 2.\n"));
    let list = said(folder.path(), &["rates", "list"]);
    let states: Vec<_> = list.lines().skip(1).map(|it| it.split('\t').nth(1).unwrap()).collect();
    assert_eq!(states, ["planned", "in_force"]);
    let withdrawn = said(folder.path(), &["rates", "withdraw", "2"]);
    assert_eq!(withdrawn, "Version 2 is withdrawn.\n");
    assert!(refused(folder.path(), 2, &["rates", "withdraw", "1"]).contains("in force"));
    assert!(refused(folder.path(), 2, &["rates", "withdraw", "9"]).contains("no such version"));

    std::fs::write(&file, "country,credits_per_part,valid_from\nBE,free,2020-01-01\n").unwrap();
    let wrong = refused(folder.path(), 2, &["rates", "import", &file]);
    assert!(wrong.contains("line 2, column 2 (credits_per_part)"), "{wrong}");
}
