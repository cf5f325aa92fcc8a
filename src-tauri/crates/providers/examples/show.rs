//! tmp
#![allow(clippy::all, clippy::print_stdout, clippy::unwrap_used, clippy::panic)]
use domain::addons::ai_integration::WritingRequest;
use providers::Writer;
fn main() {
    let a = providers::adapter(&"sandbox".to_owned().try_into().unwrap()).unwrap();
    let Some(Writer::Local(w)) = a.writing() else { panic!() };
    for p in std::env::args().skip(1) {
        println!("\n##### {p}");
        for b in ["TITLE", "PARAGRAPH", "LIST", "BUTTON"] {
            for v in 0..if b == "TITLE" { 4 } else { 2 } {
                let r: WritingRequest = serde_json::from_value(serde_json::json!({"handle":"x","module":{"type":b,"content":"","isDefault":true},"prompt":p})).unwrap();
                println!("{b} {v}: {}", w.answer(&r.conversation().unwrap(), v).pieces.concat());
            }
        }
    }
}
