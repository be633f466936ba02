//! Has the linker make the program smaller where it can: one copy of functions that are alike, and addresses that are to
//! be moved at the start in a few bits each. Together that takes 3 % of it. Not every linker knows how, nor every C library
//! of Linux, so a small program is linked that way first, and run. What is built so does not start where the C library is older
//! than glibc 2.36; `PYRAMIDE_LINK=plain` builds a program that does.

use std::env;
use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};

/// What the linker is asked for.
const ASKED: [&str; 2] = ["--icf=all", "-zpack-relative-relocs"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    for key in ["PYRAMIDE_LINK", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
        println!("cargo::rerun-if-env-changed={key}");
    }
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|it| it == value);
    let is_released = is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux");
    let is_asked = is_released && !is("PYRAMIDE_LINK", "plain");
    if is_asked && env::var("HOST") == env::var("TARGET") && runs().unwrap_or(false) {
        for asked in ASKED {
            println!("cargo::rustc-link-arg-bins=-Wl,{asked}");
        }
    }
}

/// Whether a program that is linked like that runs.
fn runs() -> Result<bool, Box<dyn Error>> {
    let folder = env::var("OUT_DIR")?;
    let (source, program) = (
        Path::new(&folder).join("try.rs"),
        Path::new(&folder).join("try"),
    );
    std::fs::write(&source, "fn main() {}")?;
    let mut compiler = Command::new(env::var("RUSTC")?);
    compiler.arg(&source).arg("-o").arg(&program);
    if let Ok(linker) = env::var("RUSTC_LINKER") {
        compiler.arg(format!("-Clinker={linker}"));
    }
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    compiler.args(flags.split('\u{1F}').filter(|flag| !flag.is_empty()));
    compiler.args(ASKED.map(|asked| format!("-Clink-arg=-Wl,{asked}")));
    let quiet = |command: &mut Command| {
        let command = command.stdout(Stdio::null()).stderr(Stdio::null());
        command.status()
    };
    Ok(quiet(&mut compiler)?.success() && quiet(&mut Command::new(program))?.success())
}
