//! Tells Cargo what the binary is made of besides its sources: the built web application.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // A debug build reads `dist/` when it runs. A release build holds it, and the macro that
    // embeds it notices changed files, but neither new nor deleted ones.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo:rerun-if-changed=../dist");
    }
}
