//! Cleaning of prose: the real reports, clean text that must stay, and positions both ways.

use gongkai::glyph::{Certainty, Cleaned, Cleaner, Rule, clean};
use gongkai::{CleanSpan, Span};

use super::corpus::corpus;

/// What must hold of every cleaned text.
pub fn check(cleaned: &Cleaned<'_>, source: &str) {
    let (mut before, mut clean_before) = (cleaned.span().start(), 0);
    assert_eq!(cleaned.source_text(cleaned.span()), source);
    let mut rebuilt = String::new();
    for edit in cleaned.edits() {
        assert!(
            edit.source().start() >= before && edit.clean().start() >= clean_before,
            "{edit:?} out of order"
        );
        assert!(!edit.source().is_empty(), "{edit:?} replaces nothing");
        let kept = cleaned.source_text(Span::new(before, edit.source().start()));
        assert_eq!(kept, &cleaned.text()[clean_before as usize..edit.clean().start() as usize]);
        assert_ne!(cleaned.source_text(edit.source()), cleaned.replacement(edit));
        rebuilt += kept;
        rebuilt += cleaned.replacement(edit);
        (before, clean_before) = (edit.source().end(), edit.clean().end());
        assert_eq!(cleaned.clean_span(edit.source()), edit.clean(), "{edit:?}");
        assert!(
            edit.clean().is_empty() || cleaned.source_span(edit.clean()) == edit.source(),
            "{edit:?} comes from {:?}",
            cleaned.source_span(edit.clean())
        );
        assert!(
            cleaned.source_span(CleanSpan::new(edit.clean().start(), edit.clean().start())).end()
                >= edit.source().start()
        );
    }
    rebuilt += cleaned.source_text(Span::new(before, cleaned.span().end()));
    assert_eq!(rebuilt, cleaned.text());
    assert_eq!(cleaned.is_unchanged(), cleaned.edits().is_empty());
    // Characters lead back in order, and forth again.
    let mut last = 0;
    for (at, c) in cleaned.text().char_indices() {
        let span = CleanSpan::new(at as u32, (at + c.len_utf8()) as u32);
        let there = cleaned.source_span(span);
        assert!(there.start() >= last && !there.is_empty(), "{c} at {at}: {there:?} after {last}");
        last = there.start();
        let back = cleaned.clean_span(there);
        assert!(back.start() <= span.start() && span.end() <= back.end(), "{c}: {span:?} {there:?} {back:?}");
    }
}

fn count(cleaned: &Cleaned<'_>, rule: Rule) -> usize {
    cleaned.edits().iter().filter(|edit| edit.rule() == rule).count()
}

fn is_toned(c: char) -> bool {
    "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ".contains(c)
}

#[test]
fn the_reports() {
    let Some(samples) = corpus() else { return };
    let mut found = Vec::new();
    for sample in &samples {
        let cleaned = clean(&sample.text);
        check(&cleaned, &sample.text);
        assert!(cleaned.doubts().is_empty(), "{}: {:?}", sample.name, cleaned.doubts());
        assert!(!cleaned.text().contains(is_toned), "{}", sample.name);
        if sample.text.contains(is_toned) {
            found.push((count(&cleaned, Rule::Annotation), count(&cleaned, Rule::Split)));
            assert_eq!(count(&cleaned, Rule::Straddle), 0, "{}", sample.name);
            let again = clean(cleaned.text());
            assert!(again.is_unchanged(), "{}: {:?}", sample.name, again.edits());
        } else {
            assert!(cleaned.is_unchanged(), "{}: {:?}", sample.name, cleaned.edits());
        }
    }
    // In 001 the torn character has an annotation, too.
    assert_eq!(found, [(383, 0), (54 + 1, 1)]);
}

#[test]
fn each_rule_by_itself() {
    let source =
        "區(qū)統(tǒng)計(jì)局的政府?dāng)?shù)據(jù)工作?,F(xiàn)將發(fā)展?fàn)顩r公開。轉(zhuǎn)化?!?";
    for (cleaner, text) in [
        (Cleaner::new(), "区统计局的政府数据工作。现将发展状况公开。转化?!?"),
        (Cleaner::new().simplify(false), "區統計局的政府數據工作。現將發展狀況公開。轉化?!?"),
        (
            Cleaner::new().simplify(false).straddles(false).splits(false),
            "區統計局的政府?dāng)?shù)據工作?,F(xiàn)將發展?fàn)顩r公開。轉化?!?",
        ),
    ] {
        let cleaned = cleaner.clean(source);
        check(&cleaned, source);
        assert_eq!(cleaned.text(), text);
    }
    let cleaned = clean(source);
    let certainties = |rule| {
        let edits = cleaned.edits().iter().filter(move |edit| edit.rule() == rule);
        edits.map(|edit| edit.certainty()).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(certainties(Rule::Annotation), [Certainty::Certain].into());
    assert_eq!(certainties(Rule::Straddle), [Certainty::Likely].into());
    assert_eq!(certainties(Rule::Split), [Certainty::Inferred].into());
    let codes: Vec<&str> = cleaned.diagnostics().map(|finding| finding.code().as_str()).collect();
    for code in ["annotation-removed", "straddle-mended", "split-inferred", "simplified", "damaged-text"] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
    assert_eq!(cleaned.source_text(cleaned.doubts()[0]), "?");
}

/// Annotations without tones are believed only where the document shows that they are annotations.
#[test]
fn toneless_annotations_need_company() {
    assert!(clean("共和(he)(he)国").is_unchanged());
    let company = "區(qū)統(tǒng)計(jì)局";
    assert_eq!(clean(&format!("{company}共和(he)(he)國")).text(), "区统计局共和国");
    let many = "人(ren)民(min)政(zheng)府(fu)公(gong)开(kai)信(xin)息(xi)";
    assert_eq!(clean(many).text(), "人民政府公开信息");
    assert!(clean(&format!("{many}内容(rd)")).is_unchanged());
}

#[test]
fn what_is_legitimate_survives() {
    for text in [
        "政务(服务)",
        "R&D(rd)",
        "APP(an)",
        "内容(要素)",
        "鄉(鎮)",
        "(扫)",
        "km",
        "是否公开?,是。",
        "真的?!好",
        "什么?(当然)",
        "(qū)",
        "第(一)项(a)(b)",
        "共3件?, F(1)将",
        "是吗?OK",
        "电话(tel)",
        "咨询?,OK",
        "单位(m2)",
        "公里(km)",
        "先生(Mr)",
        "吗(ma)?",
        "A(ā)",
        "数(shū)",
        "",
    ] {
        let cleaned = Cleaner::new().simplify(false).clean(text);
        assert!(cleaned.is_unchanged(), "{text}: {:?}", cleaned.edits());
        assert!(cleaned.doubts().is_empty(), "{text}");
    }
}

/// Simplified text keeps the few characters that Traditional text has, too.
#[test]
fn simplified_text_is_not_converted() {
    for text in ["乾隆年间的藏书楼修缮后对外开放。", "於女士反映的问题已经办结。"]
    {
        assert!(clean(text).is_unchanged(), "{text}");
    }
    assert_eq!(clean("乾隆年間的藏書樓修繕後對外開放。").text(), "干隆年间的藏书楼修缮后对外开放。");
}

#[test]
fn sections_are_cleaned_with_the_evidence_of_the_whole_report() {
    use gongkai::form::SectionId;
    let text = "一、總體情況\n領(lǐng)導(dǎo)重視,區(qū)內公開。\n六、其他需要報告的事項\n無\n共和(he)國。\n";
    let report = gongkai::parse(text).unwrap();
    let last = report.section(SectionId::OtherMatters).unwrap();
    let paragraphs: Vec<_> = report.clean_text(last, Cleaner::new()).collect();
    let clean: Vec<&str> = paragraphs.iter().map(Cleaned::text).collect();
    assert_eq!(clean, ["无", "共和国。"]);
    for paragraph in &paragraphs {
        check(paragraph, report.text(paragraph.span()));
    }
    let annotation = paragraphs[1].edits().iter().find(|edit| edit.rule() == Rule::Annotation).unwrap();
    assert_eq!(report.text(annotation.source()), "(he)");
}

#[cfg(feature = "opencc")]
#[test]
fn the_opencc_library_converts_phrases() {
    let source = "乾隆年間,區(qū)內的藏書樓著手對外開放。";
    let cleaned = Cleaner::new().opencc(true).clean(source);
    check(&cleaned, source);
    assert_eq!(cleaned.text(), "乾隆年间,区内的藏书楼著手对外开放。");
    let with_nul = format!("{source}\0");
    assert!(Cleaner::new().opencc(true).clean(&with_nul).text().starts_with("干隆"));
}

/// Each code of cleaning and a near miss of it.
#[test]
fn near_misses() {
    for (source, code, near) in [
        ("區(qū)", "annotation-removed", "區(qú)"),
        ("府?dāng)?shù)據", "straddle-mended", "府?(dang)數據"),
        ("工作?,F(xiàn)將", "split-inferred", "工作?,F(tài)將"),
        ("區縣", "simplified", "区县"),
        ("府?gān)據", "damaged-text", "府?據"),
    ] {
        let codes = |text| -> Vec<&str> {
            let cleaned = Cleaner::new().simplify(code == "simplified").clean(text);
            cleaned.diagnostics().map(|finding| finding.code().as_str()).collect()
        };
        assert!(codes(source).contains(&code), "{source}: {:?}", codes(source));
        assert!(!codes(near).contains(&code), "{near}: {:?}", codes(near));
    }
}
