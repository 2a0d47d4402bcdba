//! Odoo 19 Community, as Debian packages it, unpacked into the cache folder. Nothing is installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::lock::Lock;
use crate::{cache, debian, process};

/// Of Debian's unstable distribution, where Odoo 19 is, and what of its files are links into others.
const PACKAGES: [&str; 4] = ["odoo-19", "libjs-jquery", "libjs-jquery-form", "libjs-underscore"];

/// What it needs of Python.
const REQUIREMENTS: &str = include_str!("requirements.txt");

/// What the Python of the cache folder was made with, kept in it.
const INSTALLED: &str = ".installed-requirements.txt";

/// An unpacked Odoo with the Python that runs it.
pub(crate) struct Package {
    folder: PathBuf,
    _lock: Lock,
}

impl Package {
    /// Fetches what is missing, which takes some minutes and two gigabytes once.
    pub(crate) fn need() -> Result<Self> {
        let folder = cache::folder()?.join("odoo-19");
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let lock = Lock::take(&folder.join(".lock"), "works with Odoo")?;
        let package = Self { folder, _lock: lock };
        if !package.files().is_dir() {
            package.unpack()?;
        }
        let installed = package.python_folder().join(INSTALLED);
        if fs::read_to_string(&installed).is_ok_and(|installed| installed == REQUIREMENTS) {
            return Ok(package);
        }
        package.install_python()?;
        fs::write(&installed, REQUIREMENTS)
            .with_context(|| format!("cannot write {}", installed.display()))?;
        Ok(package)
    }

    /// Where everything lies.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// `odoo` with a command of its own.
    pub(crate) fn odoo(&self, command: &str) -> Command {
        let mut odoo = Command::new(self.python());
        odoo.arg(self.files().join("usr/bin/odoo"))
            .arg(command)
            .env("PYTHONPATH", self.modules())
            .env_remove("PYTHONHOME");
        odoo
    }

    /// Where its Python modules are.
    pub(crate) fn modules(&self) -> PathBuf {
        self.files().join("usr/lib/python3/dist-packages")
    }

    fn files(&self) -> PathBuf {
        self.folder.join("root")
    }

    fn python_folder(&self) -> PathBuf {
        self.folder.join("python")
    }

    fn python(&self) -> PathBuf {
        self.python_folder().join("bin/python")
    }

    /// Downloads with apt, but with lists and a cache of its own, so that the system's stay as they
    /// are and nobody needs to be root.
    fn unpack(&self) -> Result<()> {
        for program in ["apt-get", "dpkg"] {
            if which::which(program).is_err() {
                bail!(
                    "Odoo comes from Debian's package, and {program} is missing: run this on Debian or Ubuntu"
                );
            }
        }
        let apt = self.folder.join("apt");
        let downloads = apt.join("downloads");
        for folder in ["lists/partial", "cache/archives/partial", "no-further-sources", "downloads"]
        {
            fs::create_dir_all(apt.join(folder)).context("cannot make a folder for apt")?;
        }
        let sources = apt.join("sources.list");
        fs::write(&sources, format!("deb {} sid main\n", archive()?))
            .with_context(|| format!("cannot write {}", sources.display()))?;
        let apt_get = |word: &str| {
            let mut command = Command::new("apt-get");
            for (option, path) in [
                ("Dir::Etc::sourcelist", &sources),
                ("Dir::Etc::sourceparts", &apt.join("no-further-sources")),
                ("Dir::State::lists", &apt.join("lists")),
                ("Dir::Cache", &apt.join("cache")),
            ] {
                command.arg("-o").arg(format!("{option}={}", path.display()));
            }
            // Its user for downloads may not write below the homes of others.
            command.args(["-o", "APT::Sandbox::User="]).arg(word).current_dir(&downloads);
            command
        };
        process::run("reading the list of Debian's packages", &mut apt_get("update"))?;
        process::run("downloading Odoo 19", apt_get("download").args(PACKAGES))
            .context("Debian's unstable distribution has no odoo-19 for this machine any more")?;
        let partial = self.folder.join("root.partial");
        remove(&partial)?;
        for entry in fs::read_dir(&downloads).context("cannot read apt's folder")? {
            let file = entry.context("cannot read apt's folder")?.path();
            let mut dpkg = Command::new("dpkg");
            dpkg.arg("--extract").arg(&file).arg(&partial);
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            process::run(&format!("unpacking {name}"), &mut dpkg)?;
        }
        fs::rename(&partial, self.files()).context("cannot move Odoo in place")?;
        remove(&apt)
    }

    fn install_python(&self) -> Result<()> {
        let folder = self.python_folder();
        remove(&folder)?;
        let make = || {
            // Debian's own where it is there: what is ready-made is made for it.
            let python = ["/usr/bin/python3", "python3"].into_iter();
            python.map(Command::new).any(|mut python| {
                let output = python.args(["-m", "venv"]).arg(&folder).output();
                output.is_ok_and(|output| output.status.success())
            })
        };
        let is_there = make() || (debian::install(&["python3-venv"])? && make());
        if !is_there {
            bail!("Odoo needs Python 3 with venv; run `sudo apt-get install python3-venv`");
        }
        let requirements = folder.join("requirements.txt");
        fs::write(&requirements, REQUIREMENTS)
            .with_context(|| format!("cannot write {}", requirements.display()))?;
        let mut pip = Command::new(self.python());
        pip.args(["-m", "pip", "install", "--quiet", "--prefer-binary", "--requirement"]);
        process::run("installing what Odoo needs of Python", pip.arg(&requirements)).context(
            "what Odoo needs of Python cannot be installed; its versions are for Python 3.11",
        )?;
        Ok(())
    }
}

/// Where the system has Debian's packages from.
fn archive() -> Result<String> {
    let mut command = Command::new("apt-get");
    command.args(["indextargets", "--format", "$(LABEL) $(REPO_URI)", "Created-By: Packages"]);
    let known = process::ask(&mut command).context("apt-get does not tell its sources")?;
    let archive = known.lines().find_map(|line| line.strip_prefix("Debian "));
    archive.map(str::to_owned).context(
        "Odoo 19 is in Debian's archive, and apt knows no address of it: run this on Debian, or add \
         one to /etc/apt/sources.list.d",
    )
}

/// Removes a folder, if it is there.
pub(super) fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}
