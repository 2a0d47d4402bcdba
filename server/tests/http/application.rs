//! A server with a small application of its own.

use std::fs;
use std::net::SocketAddr;
use std::thread::JoinHandle;

use axum::Router;
use iap_server::http::metrics::{Metrics, Reader};
use iap_server::http::{Assets, Limits, Others, PathPrefix, Server, router};
use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::client::{Answer, request};

pub(crate) const INDEX: &str = "<!DOCTYPE html><html lang=\"en\"><head><title>Test</title>\
    <link rel=\"modulepreload\" href=\"/app-0123456789abcdef.js\">\
    <script type=\"module\">\nimport init from '/app-0123456789abcdef.js';\nawait init();\n</script>\
    </head><body></body></html>";
pub(crate) const SCRIPT: &str = "export default async function init() {}\n";
pub(crate) const WASM: &[u8] = b"\0asm\x01\0\0\0";

/// A running server; it stops when dropped.
pub(crate) struct Application {
    pub(crate) address: SocketAddr,
    pub(crate) directory: TempDir,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Application {
    /// Serves a small application with default limits.
    pub(crate) fn start() -> Self {
        Self::with(Limits::default(), false)
    }

    pub(crate) fn with(limits: Limits, hsts: bool) -> Self {
        let directory = TempDir::new().unwrap();
        let write = |name: &str, bytes: &[u8]| {
            fs::write(directory.path().join(name), bytes).unwrap();
        };
        write("index.html", INDEX.as_bytes());
        // What is beside a file counts, not what is in it: the server decodes nothing.
        write("index.html.br", b"index as brotli");
        write("index.html.gz", b"index as gzip");
        write("app-0123456789abcdef.js", SCRIPT.as_bytes());
        write("app-0123456789abcdef.js.br", b"script as brotli");
        write("app-0123456789abcdef_bg.wasm", WASM);
        write("app-0123456789abcdef_bg.wasm.gz", b"wasm as gzip");
        write("favicon.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        write("orphan.br", b"no file of its own");
        write(".hidden", b"not to be served");
        fs::create_dir_all(directory.path().join("snippets/one")).unwrap();
        write("snippets/one/inline0.js", b"export {};");
        Self::serve(directory, limits, hsts, Others::default())
    }

    /// Serves the page, which may use others' origins.
    pub(crate) fn allowing(others: Others) -> Self {
        let directory = TempDir::new().unwrap();
        fs::write(directory.path().join("index.html"), INDEX).unwrap();
        Self::serve(directory, Limits::default(), false, others)
    }

    /// Serves a directory with nothing in it.
    pub(crate) fn not_built() -> Self {
        Self::serve(TempDir::new().unwrap(), Limits::default(), false, Others::default())
    }

    fn serve(directory: TempDir, limits: Limits, hsts: bool, others: Others) -> Self {
        let assets = Assets::from_dir(directory.path()).allowing(others);
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let server = Server::bind("127.0.0.1:0", true).await.unwrap();
                tell.send(server.address()).unwrap();
                let stop = async { drop(stopped.await) };
                let router =
                    router(assets, Router::new(), &limits, hsts, Metrics::new(Reader::Nobody));
                server.run(router, PathPrefix::default(), &limits, stop).await;
            });
        });
        let address = told.recv().unwrap();
        Self { address, directory, stop: Some(stop), thread: Some(thread) }
    }

    pub(crate) fn get(&self, target: &str, headers: &[(&str, &str)]) -> Answer {
        request(self.address, "GET", target, headers)
    }

    pub(crate) fn request(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
        request(self.address, method, target, headers)
    }

    /// Tells the server to stop.
    pub(crate) fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
    }

    /// Waits until it has stopped.
    pub(crate) fn wait(&mut self) {
        self.thread.take().unwrap().join().unwrap();
    }
}

impl Drop for Application {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
