// Rust: a panic in a thread, then one in main. Run with RUST_BACKTRACE.
use std::collections::HashMap;

fn place(id: u32) -> u32 {
    let shelf: HashMap<u32, u32> = HashMap::new();
    *shelf.get(&id).expect("no shelf")
}

fn main() {
    let worker = std::thread::Builder::new().name("at home".into()).spawn(|| place(7)).unwrap();
    let _ = worker.join();
    let r: Result<u32, _> = "x".parse::<u32>();
    println!("{}", [1, 2, 3].iter().map(|n| n + place(*n) + r.clone().unwrap()).sum::<u32>());
}
