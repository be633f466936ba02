//! The theme files that the program carries with it, as text.
//!
//! Reading them is [`super`]'s; choosing among them [`super::catalogue`]'s.

/// Names of the built-in themes, in the order in which they are offered.
pub(super) const NAMES: [&str; 4] = ["dark", "light", "projector", "mono"];

/// The text of the built-in theme with this name.
pub(super) fn source(name: &str) -> Option<&'static str> {
    match name {
        "dark" => Some(include_str!("../../assets/themes/dark.toml")),
        "light" => Some(include_str!("../../assets/themes/light.toml")),
        "projector" => Some(include_str!("../../assets/themes/projector.toml")),
        "mono" => Some(include_str!("../../assets/themes/mono.toml")),
        _ => None,
    }
}
