//! Abbreviations whose full stop does not end a sentence, by language.
//!
//! The lists hold what transcripts hold: titles, a few Latin shorthands and organisational forms. An abbreviation
//! that often ends a sentence in speech ("etc.", "Inc.", "p.m.") is left out on purpose.

/// The abbreviations of a language (its primary code, such as `en`), full stop included; none for a language
/// without a list.
pub(super) fn of_language(language: &str) -> &'static [&'static str] {
    match language {
        "en" => &[
            "Mr.", "Mrs.", "Ms.", "Mx.", "Dr.", "Prof.", "Rev.", "Hon.", "St.", "Sen.", "Rep.", "Gov.", "Gen.", "Col.",
            "Capt.", "Lt.", "Sgt.", "Maj.", "Messrs.", "vs.", "e.g.", "i.e.", "cf.", "approx.", "Fig.", "fig.", "pp.",
            "Vol.", "vol.", "Ph.D.", "Jan.", "Feb.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.", "Mt.", "Ft.",
        ],
        "de" => &[
            "Hr.", "Fr.", "Dr.", "Prof.", "z.B.", "d.h.", "bzw.", "ca.", "Nr.", "vgl.", "u.a.", "Abb.", "evtl.", "ggf.",
        ],
        "fr" => &["M.", "MM.", "Dr.", "Pr.", "p.ex.", "c.-à-d.", "av.", "env.", "vol."],
        "es" => &["Sr.", "Sra.", "Srta.", "Dr.", "Dra.", "Prof.", "Ud.", "Uds.", "p.ej.", "núm.", "vol."],
        "it" => &["Sig.", "Dott.", "Prof.", "Ing.", "Avv.", "ecc.", "p.es.", "vol."],
        "pt" => &["Sr.", "Sra.", "Dr.", "Dra.", "Prof.", "Profa.", "p.ex.", "núm.", "vol."],
        "nl" => &["dhr.", "mevr.", "Dr.", "Prof.", "bijv.", "d.w.z.", "o.a.", "nr.", "ca."],
        "sv" => &["t.ex.", "bl.a.", "d.v.s.", "dvs.", "ca.", "nr.", "kl.", "resp.", "Dr.", "Prof."],
        "da" | "nb" | "no" | "nn" => &["f.eks.", "bl.a.", "dvs.", "ca.", "nr.", "kl.", "Dr.", "Prof."],
        "fi" => &["esim.", "ym.", "nro.", "tri.", "prof."],
        _ => &[],
    }
}
