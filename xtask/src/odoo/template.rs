//! A database with the modules that ask an IAP server for something, set up once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::installation::{DATABASE, Place};
use super::package::{Package, remove};
use crate::postgres::server::Postgres;
use crate::process;

/// The modules that are installed, with what they need.
const MODULES: &str =
    "contacts,crm_iap_enrich,crm_iap_mine,iap,partner_autocomplete,phone_validation,sms,snailmail";

/// What is done to the database besides.
const PREPARE: &str = include_str!("prepare.py");

/// What a template was made of, kept in it.
const MADE_OF: &str = "made-of.txt";

/// A database that runs begin with a copy of.
pub(crate) struct Template {
    folder: PathBuf,
}

impl Template {
    /// Makes the database, unless it is there.
    pub(crate) fn need(package: &Package) -> Result<Self> {
        let folder = package.folder().join("template");
        let made_of = format!("{MODULES}\n{PREPARE}");
        if fs::read_to_string(folder.join(MADE_OF)).is_ok_and(|known| known == made_of) {
            return Ok(Self { folder });
        }
        let partial = package.folder().join("template.partial");
        remove(&partial)?;
        fs::create_dir_all(&partial)
            .with_context(|| format!("cannot make {}", partial.display()))?;
        make(package, &partial)?;
        fs::write(partial.join(MADE_OF), made_of).context("cannot write the template")?;
        remove(&folder)?;
        fs::rename(&partial, &folder).context("cannot move the template in place")?;
        Ok(Self { folder })
    }

    /// Puts a copy into a place.
    pub(super) fn copy_to(&self, place: &Place) -> Result<()> {
        let folder = place.postgres.folder();
        let dump = folder.join("dump");
        fs::copy(self.folder.join("dump"), &dump).context("cannot copy the template")?;
        let mut restore = client(&place.postgres, "pg_restore");
        restore.args(["--no-owner", "--single-transaction", "--dbname", DATABASE]).arg(&dump);
        let mut create = client(&place.postgres, "createdb");
        create.args(["--template", "template0", DATABASE]);
        process::run("making a database for Odoo", &mut create)?;
        process::run("copying the set-up Odoo into it", &mut restore)?;
        copy_files(&self.folder.join("filestore"), &place.filestore())
    }
}

/// Sets a database up and writes it into a folder.
fn make(package: &Package, folder: &Path) -> Result<()> {
    let place = Place::new(package)?;
    let mut install = place.odoo("server");
    install.args(["--init", MODULES, "--without-demo=True", "--stop-after-init", "--no-http"]);
    process::run("setting Odoo's modules up", &mut install)?;
    let script = folder.join("prepare.py");
    fs::write(&script, PREPARE).with_context(|| format!("cannot write {}", script.display()))?;
    let input = fs::File::open(&script).context("cannot read what was just written")?;
    let mut shell = place.odoo("shell");
    process::run_fed("preparing its pages", shell.arg("--no-http"), input.into())?;
    let dump = place.postgres.folder().join("dump");
    let mut write = client(&place.postgres, "pg_dump");
    write.args(["--format", "custom", "--no-owner", "--file"]).arg(&dump).arg(DATABASE);
    process::run("keeping the set-up Odoo", &mut write)?;
    fs::copy(&dump, folder.join("dump")).context("cannot keep the set-up Odoo")?;
    copy_files(&place.filestore(), &folder.join("filestore"))
}

/// A program of PostgreSQL that speaks to the server.
fn client(postgres: &Postgres, name: &str) -> Command {
    let mut command = postgres.program(name);
    command.arg("--host").arg(postgres.folder()).args(["--username", "iap"]);
    command
}

/// Copies a folder with what is in it.
fn copy_files(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    let entries = fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read {}", from.display()))?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_files(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)
                .with_context(|| format!("cannot write {}", target.display()))?;
        }
    }
    Ok(())
}
