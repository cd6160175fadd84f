use gongkai::form::*;
use gongkai::write::*;
fn main() {
    let v = SchemaVersion::V2021;
    let cells = v.cells().iter().enumerate().map(|(i, s)| (s.id, if i % 9 == 4 { Figure::Blank } else { Figure::Number((i as i64 + 1000).into()) }, None));
    let form = Form::from_cells(v, cells);
    for &d in Dialect::ALL {
        println!("=== {d}");
        match write_form(&form, d) {
            Ok(t) => {
                for (n, l) in t.lines().enumerate() {
                    if n < 14 || (l.contains("三、本") || l.contains("复议")) { println!("{l}"); }
                }
                let r = gongkai::parse(&t).unwrap();
                for f in r.diagnostics().iter().take(3) { println!("  !! {f}"); }
            }
            Err(e) => println!("{e}"),
        }
    }
}
