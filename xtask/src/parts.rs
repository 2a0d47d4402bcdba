//! The program in parts: what every page needs is loaded first, the rest when a page needs it.
//!
//! The built module is divided by its functions' names. A part holds the functions of its pages,
//! and what nothing but they calls. It shares the memory, the table of functions and the stack of
//! the first part, and puts its own functions into their places in the table when it is loaded;
//! until then those places hold a function that stops the program. So the first part may call a
//! page through a pointer alone, and only when its part is there: `web/src/part.rs` sees to that.
//!
//! The names have to be true: two functions of different pages that happen to do the same must not
//! have become one ([`FLAGS`]).

use std::collections::{BTreeSet, HashMap, HashSet};

use anyhow::{Context, Result, bail};
use iap_texts::Part;
use walrus::ir::{Value, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind,
    GlobalKind, ImportKind, ImportedFunction, Module, TableId, passes,
};

/// What the compiler has to be told: names that say what a function is made for, and no merging of
/// functions that do the same, which the compiler would do whatever their names; wasm-opt does it
/// later, in each part.
pub(crate) const FLAGS: &str = "-Csymbol-mangling-version=v0 -Cllvm-args=-opt-disable=mergefunc";

/// What the module of a part imports from: the first part.
const FIRST: &str = "p";

/// Who needs a function: a bit for each part, the lowest for the first.
type Needed = u32;

/// The first part needs it.
const BY_FIRST: Needed = 1;

/// The part at this place of the list needs it.
const fn by(part: usize) -> Needed {
    BY_FIRST << (part + 1)
}

/// A module that is divided.
pub(crate) struct Division<'a> {
    whole: &'a [u8],
    /// The part of each function that is not in the first, by the function's index.
    part_of: HashMap<usize, usize>,
    /// What the parts take from the first.
    shared: BTreeSet<String>,
}

impl<'a> Division<'a> {
    /// Divides a module, which is to have its functions' names.
    pub(crate) fn new(whole: &'a [u8], parts: &[Part]) -> Result<Self> {
        let module = Module::from_buffer(whole)?;
        let part_of: HashMap<usize, usize> = needed(&module, parts)
            .into_iter()
            .filter_map(|(function, needed)| {
                Some((function, (0..parts.len()).find(|part| by(*part) == needed)?))
            })
            .collect();
        for (at, part) in parts.iter().enumerate() {
            if !part_of.values().any(|it| *it == at) {
                bail!("no function bears the names of the part {}", part.name);
            }
        }
        let mut division = Self { whole, part_of, shared: BTreeSet::new() };
        for part in 0..parts.len() {
            let module = division.module(part)?;
            division.shared.extend(module.imports.iter().map(|import| import.name.clone()));
        }
        Ok(division)
    }

    /// The first part.
    pub(crate) fn first(&self) -> Result<Vec<u8>> {
        let mut module = Module::from_buffer(self.whole)?;
        for (name, item) in items(&module) {
            if self.shared.contains(&name) {
                module.exports.add(&name, item);
            }
        }
        let mut missing = FunctionBuilder::new(&mut module.types, &[], &[]);
        missing.func_body().unreachable();
        let missing = missing.finish(Vec::new(), &mut module.funcs);
        for element in module.elements.iter_mut() {
            if let ElementItems::Functions(functions) = &mut element.items {
                for function in functions {
                    if self.part_of.contains_key(&function.index()) {
                        *function = missing;
                    }
                }
            }
        }
        passes::gc::run(&mut module);
        Ok(module.emit_wasm())
    }

    /// The part at a place of the list, with the names that the first part gives to what it takes.
    pub(crate) fn part(&self, part: usize, names: &HashMap<&str, &str>) -> Result<Vec<u8>> {
        let mut module = self.module(part)?;
        for import in module.imports.iter_mut() {
            let name = names.get(import.name.as_str());
            import.name = (*name.context("wasm-opt took out what a part needs")?).to_owned();
        }
        Ok(module.emit_wasm())
    }

    /// The same with names of our own.
    fn module(&self, part: usize) -> Result<Module> {
        let mut module = Module::from_buffer(self.whole)?;
        let own = |function: FunctionId| self.part_of.get(&function.index()) == Some(&part);
        let slots = slots(&module)?.into_iter().filter(|(_, _, function)| own(*function));
        let slots: Vec<_> = slots.collect();
        module.start = None;
        for export in module.exports.iter().map(walrus::Export::id).collect::<Vec<_>>() {
            module.exports.delete(export);
        }
        for data in module.data.iter().map(walrus::Data::id).collect::<Vec<_>>() {
            module.data.delete(data);
        }
        for element in module.elements.iter().map(walrus::Element::id).collect::<Vec<_>>() {
            module.elements.delete(element);
        }
        for import in module.imports.iter().map(walrus::Import::id).collect::<Vec<_>>() {
            module.imports.delete(import);
        }
        for (name, item) in items(&module) {
            let add = |module: &mut Module, kind| module.imports.add(FIRST, &name, kind);
            match item {
                ExportItem::Function(id) if own(id) => {}
                ExportItem::Function(id) => {
                    let import = add(&mut module, ImportKind::Function(id));
                    let function = module.funcs.get_mut(id);
                    let ty = function.ty();
                    function.kind = FunctionKind::Import(ImportedFunction { import, ty });
                }
                ExportItem::Table(id) => {
                    let import = add(&mut module, ImportKind::Table(id));
                    let table = module.tables.get_mut(id);
                    table.import = Some(import);
                    table.elem_segments.clear();
                }
                ExportItem::Memory(id) => {
                    let import = add(&mut module, ImportKind::Memory(id));
                    let memory = module.memories.get_mut(id);
                    memory.import = Some(import);
                    memory.data_segments.clear();
                }
                ExportItem::Global(id) => {
                    let import = add(&mut module, ImportKind::Global(id));
                    module.globals.get_mut(id).kind = GlobalKind::Import(import);
                }
                ExportItem::Tag(_) => bail!("the module has exceptions, which parts do not share"),
            }
        }
        let mut rest = slots.as_slice();
        while let Some((table, start, _)) = rest.first() {
            // Neighbours are written in one go.
            let run = (*start..).zip(rest).take_while(|(at, it)| it.0 == *table && it.1 == *at);
            let (run, later) = rest.split_at(run.count());
            rest = later;
            let offset = ConstExpr::Value(Value::I32(*start));
            module.elements.add(
                ElementKind::Active { table: *table, offset },
                ElementItems::Functions(run.iter().map(|(_, _, function)| *function).collect()),
            );
        }
        passes::gc::run(&mut module);
        Ok(module)
    }
}

/// Who needs each function, by its index.
fn needed(module: &Module, parts: &[Part]) -> HashMap<usize, Needed> {
    let mut needed = HashMap::new();
    let mut pending: Vec<(FunctionId, Needed)> = Vec::new();
    let open = open(module);
    pending.extend(open.iter().map(|function| (*function, BY_FIRST)));
    for function in listed(module).filter(|function| !open.contains(function)) {
        let name = module.funcs.get(function).name.as_deref().unwrap_or_default();
        pending.push((function, own(name, parts).map_or(BY_FIRST, by)));
    }
    while let Some((function, needs)) = pending.pop() {
        let known = needed.entry(function.index()).or_default();
        if *known | needs == *known {
            continue;
        }
        *known |= needs;
        if let FunctionKind::Local(local) = &module.funcs.get(function).kind {
            let mut callees = Callees(Vec::new());
            dfs_in_order(&mut callees, local, local.entry_block());
            let needs = *known;
            pending.extend(callees.0.into_iter().map(|callee| (callee, needs)));
        }
    }
    needed
}

/// The part whose name a function bears; none if it bears that of several.
fn own(name: &str, parts: &[Part]) -> Option<usize> {
    let bears = |part: &Part| part.modules.iter().any(|module| name.contains(module));
    let mut named = parts.iter().enumerate().filter(|(_, part)| bears(part));
    named.next().filter(|_| named.next().is_none()).map(|(part, _)| part)
}

/// The functions that are reached from outside of the module, or not through a plain list.
fn open(module: &Module) -> HashSet<FunctionId> {
    let exported = module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(function) => Some(function),
        _ => None,
    });
    let expressions = module.elements.iter().filter_map(|element| match &element.items {
        ElementItems::Expressions(_, items) => Some(items),
        ElementItems::Functions(_) => None,
    });
    let written = expressions.flatten().filter_map(|expression| match expression {
        ConstExpr::RefFunc(function) => Some(*function),
        _ => None,
    });
    let imported = module.funcs.iter().filter_map(|function| match function.kind {
        FunctionKind::Import(_) => Some(function.id()),
        _ => None,
    });
    exported.chain(written).chain(imported).chain(module.start).collect()
}

/// The functions that are called through a table.
fn listed(module: &Module) -> impl Iterator<Item = FunctionId> {
    module
        .elements
        .iter()
        .filter_map(|element| match &element.items {
            ElementItems::Functions(functions) => Some(functions),
            ElementItems::Expressions(..) => None,
        })
        .flatten()
        .copied()
}

/// The same with their places.
fn slots(module: &Module) -> Result<Vec<(TableId, i32, FunctionId)>> {
    let mut slots = Vec::new();
    for element in module.elements.iter() {
        let ElementItems::Functions(functions) = &element.items else { continue };
        let ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(start)) } =
            element.kind
        else {
            bail!("the module puts functions where they are not found");
        };
        slots.extend((start..).zip(functions).map(|(at, function)| (table, at, *function)));
    }
    Ok(slots)
}

/// What parts may share, each with a name that is the same whenever the module is read.
fn items(module: &Module) -> Vec<(String, ExportItem)> {
    let mut items = Vec::new();
    for id in module.funcs.iter().map(walrus::Function::id) {
        items.push((format!("function {}", id.index()), ExportItem::Function(id)));
    }
    for id in module.tables.iter().map(walrus::Table::id) {
        items.push((format!("table {}", id.index()), ExportItem::Table(id)));
    }
    for id in module.memories.iter().map(walrus::Memory::id) {
        items.push((format!("memory {}", id.index()), ExportItem::Memory(id)));
    }
    for id in module.globals.iter().map(walrus::Global::id) {
        items.push((format!("global {}", id.index()), ExportItem::Global(id)));
    }
    for id in module.tags.iter().map(walrus::Tag::id) {
        items.push((format!("tag {}", id.index()), ExportItem::Tag(id)));
    }
    items
}

/// Collects the functions that a function names.
struct Callees(Vec<FunctionId>);

impl Visitor<'_> for Callees {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.0.push(*function);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::path::Path;

    use walrus::{
        ConstExpr, ElementItems, ElementKind, FunctionBuilder, FunctionId, Module, RefType,
        ir::Value,
    };

    use iap_texts::{PARTS as OURS, Part};

    use super::Division;

    const PARTS: [Part; 2] = [
        Part { name: "one", pages: &["one"], modules: &["::one::"] },
        Part { name: "two", pages: &["two"], modules: &["::two::", "::more::"] },
    ];

    /// Where the table of functions begins.
    const START: i32 = 1;

    fn function(module: &mut Module, name: &str, callees: &[FunctionId]) -> FunctionId {
        let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
        builder.name(name.to_owned());
        for callee in callees {
            builder.func_body().call(*callee);
        }
        builder.finish(Vec::new(), &mut module.funcs)
    }

    /// A program: `main` is exported, and the table holds what is called through pointers.
    fn program() -> Vec<u8> {
        let mut module = Module::default();
        let shared = function(&mut module, "a::shared", &[]);
        let only_one = function(&mut module, "a::only_one", &[]);
        let one = function(&mut module, "<a::one::Page as a::Show>::show", &[only_one, shared]);
        let called = function(&mut module, "a::one::called", &[]);
        let two = function(&mut module, "a::more::page", &[shared]);
        let both = function(&mut module, "a::show::<a::one::Page, a::two::Page>", &[]);
        let main = function(&mut module, "a::main", &[called]);
        module.exports.add("main", main);
        let table = module.tables.add_local(false, 9, Some(9), RefType::FUNCREF);
        module.elements.add(
            ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(START)) },
            ElementItems::Functions(vec![one, called, both, two, main]),
        );
        module.exports.add("table", table);
        module.emit_wasm()
    }

    fn names(wasm: &[u8]) -> Vec<String> {
        let module = Module::from_buffer(wasm).unwrap();
        let mut names: Vec<_> = module
            .funcs
            .iter_local()
            .filter_map(|(id, _)| module.funcs.get(id).name.clone())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_part_has_its_pages_and_what_nothing_else_calls() {
        let program = program();
        let division = Division::new(&program, &PARTS).unwrap();
        let own = |part| {
            let shared = division.shared.iter().map(|name| (name.as_str(), name.as_str()));
            names(&division.part(part, &shared.collect()).unwrap())
        };
        assert_eq!(own(0), ["<a::one::Page as a::Show>::show", "a::only_one"]);
        assert_eq!(own(1), ["a::more::page"]);
        // What the first calls by itself, or two parts share, stays in the first.
        assert_eq!(
            names(&division.first().unwrap()),
            ["a::main", "a::one::called", "a::shared", "a::show::<a::one::Page, a::two::Page>"]
        );
    }

    #[test]
    fn a_part_takes_its_places_in_the_table() {
        let program = program();
        let division = Division::new(&program, &PARTS).unwrap();
        let first = Module::from_buffer(&division.first().unwrap()).unwrap();
        let ElementItems::Functions(functions) = &first.elements.iter().next().unwrap().items
        else {
            panic!("no functions")
        };
        let named: Vec<_> =
            functions.iter().map(|id| first.funcs.get(*id).name.is_some()).collect();
        assert_eq!(named, [false, true, true, false, true]);

        let shared: HashMap<_, _> =
            division.shared.iter().map(|name| (name.as_str(), "x")).collect();
        let part = Module::from_buffer(&division.part(1, &shared).unwrap()).unwrap();
        let element = part.elements.iter().next().unwrap();
        let ElementKind::Active { offset: ConstExpr::Value(Value::I32(at)), .. } = element.kind
        else {
            panic!("not put into the table")
        };
        assert_eq!(at, START + 3);
        assert!(part.imports.iter().all(|import| import.module == "p" && import.name == "x"));
        assert_eq!(part.imports.iter().count(), 2, "the table, and what both call");
    }

    #[test]
    fn a_part_without_functions_is_an_error() {
        let parts = [Part { name: "three", pages: &[], modules: &["::three::"] }];
        let error = Division::new(&program(), &parts).err().unwrap().to_string();
        assert!(error.contains("three"), "{error}");
    }

    #[test]
    fn the_parts_are_pages_that_there_are() {
        let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/src");
        for module in OURS.iter().flat_map(|part| part.modules) {
            let (folder, name) = place(module);
            let folder = web.join(folder);
            let there = folder.join(name).is_dir() || folder.join(format!("{name}.rs")).is_file();
            assert!(there, "{module}");
        }
    }

    /// The folder of a module, and what it is called there.
    fn place(module: &str) -> (&str, &str) {
        module.trim_matches(':').split_once("::").unwrap()
    }

    /// Whether a source file names what is in a module: from anywhere, or from beside it.
    fn names_module(file: &str, text: &str, module: &str) -> bool {
        let (folder, name) = place(module);
        let mut before = vec![format!("{folder}::")];
        if file == format!("::{folder}::mod::") {
            before.extend(["use ".to_owned(), "self::".to_owned()]);
        } else if file.starts_with(&format!("::{folder}::")) && file.matches("::").count() == 3 {
            before.push("super::".to_owned());
        }
        let is = |path: &str| path.split("::").next().unwrap().trim() == name;
        before.iter().any(|before| {
            text.split(before.as_str()).skip(1).any(|rest| match rest.strip_prefix('{') {
                Some(group) => group.split('}').next().unwrap().split(',').any(is),
                None => is(rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()),
            })
        })
    }

    #[test]
    fn a_module_is_named_in_many_ways() {
        let module = "::pages::one::";
        for (file, text) in [
            ("::shell::", "use crate::pages::one::Page;"),
            ("::shell::", "use crate::pages::{missing, one};"),
            ("::shell::", "use crate::pages::{one::Page};"),
            ("::pages::two::", "super::one::page()"),
            ("::pages::mod::", "pub use one::Page;"),
        ] {
            assert!(names_module(file, text, module), "{text}");
        }
        for (file, text) in [
            ("::shell::", "use crate::pages::{missing, ones}; use crate::one::X;"),
            ("::pages::two::three::", "super::one::page()"),
            ("::pages::mod::", "pub mod one;"),
        ] {
            assert!(!names_module(file, text, module), "{text}");
        }
    }

    /// A pointer to a function of a part, taken by another part, would lead to nothing as long as
    /// the first is not loaded; the build cannot see who takes it. So nobody but `app.rs`, who hands
    /// it to what waits for the part, may name what is in one.
    #[test]
    fn nobody_names_what_is_in_another_part() {
        let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/src");
        let mut folders = vec![web.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                let file = format!("::{}", path.strip_prefix(&web).unwrap().display());
                let file = file.replace(".rs", "::").replace('/', "::");
                for part in &OURS {
                    if file == "::app::" || part.modules.iter().any(|it| file.starts_with(it)) {
                        continue;
                    }
                    for module in part.modules {
                        assert!(!names_module(&file, &text, module), "{file} names {module}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_the_first_does_not_give_is_an_error() {
        let program = program();
        let division = Division::new(&program, &PARTS).unwrap();
        assert!(division.part(0, &HashMap::new()).is_err());
    }
}
