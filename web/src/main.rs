//! Starts the web application in the browser.

fn main() {
    iap_web::start();
}
