//! Pseudo-localised translation: looks translated, reads alike, and shows at once which texts a host app forgot. A few
//! phrases of every mailing are really translated. Tags, entities and what is marked `translate="no"` stay.

const PHRASES: &[(&str, [&str; 4])] = &[
    // English: Italian, French, German, Spanish.
    ("shop now", ["Acquista ora", "Acheter maintenant", "Jetzt einkaufen", "Comprar ahora"]),
    ("buy now", ["Compra ora", "Acheter", "Jetzt kaufen", "Comprar ya"]),
    ("learn more", ["Scopri di più", "En savoir plus", "Mehr erfahren", "Más información"]),
    ("read more", ["Leggi di più", "Lire la suite", "Weiterlesen", "Leer más"]),
    ("find out more", ["Scopri di più", "En savoir plus", "Mehr erfahren", "Descubre más"]),
    ("contact us", ["Contattaci", "Contactez-nous", "Kontakt", "Contáctanos"]),
    ("sign up", ["Iscriviti", "S'inscrire", "Registrieren", "Regístrate"]),
    ("subscribe", ["Iscriviti", "S'abonner", "Abonnieren", "Suscribirse"]),
    ("unsubscribe", ["Annulla l'iscrizione", "Se désabonner", "Abmelden", "Darse de baja"]),
    ("welcome", ["Benvenuto", "Bienvenue", "Willkommen", "Bienvenido"]),
    ("hello", ["Ciao", "Bonjour", "Hallo", "Hola"]),
    ("thank you", ["Grazie", "Merci", "Danke", "Gracias"]),
    ("free shipping", ["Spedizione gratuita", "Livraison gratuite", "Kostenloser Versand", "Envío gratis"]),
    (
        "privacy policy",
        [
            "Informativa sulla privacy",
            "Politique de confidentialité",
            "Datenschutz",
            "Política de privacidad",
        ],
    ),
    (
        "view in browser",
        ["Visualizza nel browser", "Voir dans le navigateur", "Im Browser ansehen", "Ver en el navegador"],
    ),
    ("new collection", ["Nuova collezione", "Nouvelle collection", "Neue Kollektion", "Nueva colección"]),
    ("sale", ["Saldi", "Soldes", "Ausverkauf", "Rebajas"]),
    ("explore now", ["Esplora ora", "Découvrir", "Jetzt entdecken", "Explorar ahora"]),
    ("get started", ["Inizia", "Commencer", "Loslegen", "Empezar"]),
    ("order now", ["Ordina ora", "Commander", "Jetzt bestellen", "Pedir ahora"]),
    ("book now", ["Prenota ora", "Réserver", "Jetzt buchen", "Reservar ahora"]),
    ("follow us", ["Seguici", "Suivez-nous", "Folge uns", "Síguenos"]),
];

/// `html` as if translated into the language with this tag.
pub(super) fn pseudo(html: &str, target: &str) -> String {
    let primary = target.split('-').next().unwrap_or_default().to_lowercase();
    let column = ["it", "fr", "de", "es"].iter().position(|known| *known == primary);
    let mut out = String::with_capacity(html.len() * 2);
    let mut marked = false;
    let mut kept_depth = 0_usize;
    let mut rest = html;
    while !rest.is_empty() {
        let end = match rest.starts_with('<') {
            true => rest.find('>').map_or(rest.len(), |end| end + 1),
            false => rest.find('<').unwrap_or(rest.len()),
        };
        let (part, after) = rest.split_at(end);
        rest = after;
        if part.starts_with('<') {
            kept_depth = depth_after(part, kept_depth);
            out.push_str(part);
        } else if kept_depth > 0 || !part.chars().any(char::is_alphabetic) {
            out.push_str(part);
        } else if let Some(known) = column.and_then(|column| phrase(part, column)) {
            out.push_str(&known);
            marked = true;
        } else {
            if !std::mem::replace(&mut marked, true) {
                out.push_str(&format!("⟦{primary}⟧ "));
            }
            accented(part, &mut out);
        }
    }
    out
}

/// How many elements that stay are open after this tag.
fn depth_after(tag: &str, depth: usize) -> usize {
    let void =
        tag.ends_with("/>") || tag.starts_with("<!") || tag.starts_with("<br") || tag.starts_with("<img");
    match (tag.starts_with("</"), depth) {
        (true, depth) => depth.saturating_sub(1),
        (false, 0) => usize::from(tag.contains("translate=\"no\"") && !void),
        (false, depth) => depth + usize::from(!void),
    }
}

fn phrase(part: &str, column: usize) -> Option<String> {
    let text = part.trim();
    let bare = text.trim_end_matches(['!', '.', '…']).to_lowercase();
    let known = PHRASES.iter().find(|(english, _)| *english == bare)?.1.get(column)?;
    let end = text.chars().last().filter(|c| matches!(c, '!' | '.' | '…'));
    let whole: String = known.chars().chain(end).collect();
    Some(part.replacen(text, &whole, 1))
}

fn accented(text: &str, out: &mut String) {
    let mut entity = false;
    for c in text.chars() {
        match c {
            '&' => entity = true,
            ';' | ' ' => entity = false,
            _ => {}
        }
        out.push(match c {
            _ if entity => c,
            'a' => 'á',
            'e' => 'é',
            'i' => 'í',
            'o' => 'ó',
            'u' => 'ú',
            'n' => 'ñ',
            'c' => 'ç',
            'A' => 'Á',
            'E' => 'É',
            'O' => 'Ó',
            other => other,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_entities_and_protected_parts_stay() {
        let html = "<p class=\"one\">Tom &amp; Ann, <span translate=\"no\" data-ac=\"0\">{{name}}<b>x</b></span> and <br>more</p>";
        assert_eq!(
            pseudo(html, "de-DE"),
            "<p class=\"one\">⟦de⟧ Tóm &amp; Áññ, <span translate=\"no\" data-ac=\"0\">{{name}}<b>x</b></span> áñd <br>móré</p>"
        );
    }

    #[test]
    fn known_phrases_are_really_translated() {
        assert_eq!(pseudo("<p><b>Shop now!</b></p>", "it-IT"), "<p><b>Acquista ora!</b></p>");
        assert_eq!(pseudo("Learn more", "fr"), "En savoir plus");
        assert_eq!(pseudo("Learn more", "ja"), "⟦ja⟧ Léárñ móré");
        assert_eq!(pseudo("2 + 2", "it"), "2 + 2");
    }
}
