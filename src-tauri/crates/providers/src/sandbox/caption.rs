//! Describes a picture by what can be measured: shape, colours, whether it looks like a photo, a drawing or plain colour.
//! Recognises nothing in it, and does not pretend to.

use std::io::Cursor;

use image::{DynamicImage, ImageReader, Limits, Rgba};

/// The bytes are no picture that can be read within the limits.
pub(super) struct Unreadable;

/// Pixels a side, and bytes of memory, beyond which no picture is opened.
const SIDE_MAX: u32 = 12_000;
const MEMORY_MAX: u64 = 256 * 1024 * 1024;
/// Pixels a side of what is looked at.
const SAMPLE: u32 = 48;

struct Colour {
    english: &'static str,
    italian: &'static str,
    rgb: [i32; 3],
}

const fn colour(english: &'static str, italian: &'static str, rgb: [i32; 3]) -> Colour {
    Colour { english, italian, rgb }
}

const COLOURS: &[Colour] = &[
    colour("black", "nero", [15, 15, 15]),
    colour("dark grey", "grigio scuro", [70, 70, 70]),
    colour("grey", "grigio", [135, 135, 135]),
    colour("light grey", "grigio chiaro", [205, 205, 205]),
    colour("white", "bianco", [250, 250, 250]),
    colour("red", "rosso", [205, 40, 40]),
    colour("dark red", "rosso scuro", [110, 20, 25]),
    colour("orange", "arancione", [240, 140, 40]),
    colour("yellow", "giallo", [245, 220, 70]),
    colour("beige", "beige", [225, 205, 175]),
    colour("brown", "marrone", [125, 80, 45]),
    colour("green", "verde", [60, 150, 70]),
    colour("dark green", "verde scuro", [25, 75, 45]),
    colour("light green", "verde chiaro", [165, 215, 150]),
    colour("turquoise", "turchese", [60, 185, 180]),
    colour("light blue", "azzurro", [140, 190, 235]),
    colour("blue", "blu", [45, 95, 200]),
    colour("dark blue", "blu scuro", [20, 35, 90]),
    colour("purple", "viola", [125, 65, 170]),
    colour("pink", "rosa", [240, 165, 190]),
];

/// One sentence of at most 125 characters.
pub(super) fn caption(bytes: &[u8], italian: bool) -> Result<String, Unreadable> {
    let picture = open(bytes)?;
    let small = picture.thumbnail_exact(SAMPLE, SAMPLE).to_rgba8();
    let pixels: Vec<[u8; 4]> = small.pixels().map(|Rgba(pixel)| *pixel).collect();
    let opaque: Vec<[u8; 4]> = pixels.iter().copied().filter(|pixel| pixel[3] > 127).collect();
    let transparent = opaque.len() * 10 < pixels.len() * 9;
    let found = dominant(&opaque);
    let kind = Kind::of(&found, transparent);
    let shape = shape(picture.width(), picture.height(), italian);
    let names: Vec<&str> = found
        .iter()
        .take(if kind == Kind::Plain { 1 } else { 2 })
        .map(|(colour, _)| if italian { colour.italian } else { colour.english })
        .collect();
    let names = names.join(if italian { " e " } else { " and " });
    Ok(match (kind, italian) {
        (Kind::Plain, false) => format!("A {shape} area of plain {names}"),
        (Kind::Plain, true) => format!("Una superficie {shape} di colore {names}"),
        (Kind::Drawing, false) => format!("A {shape} illustration in {names}"),
        (Kind::Drawing, true) => format!("Un'illustrazione {shape} nei colori {names}"),
        (Kind::Logo, false) => format!("A {shape} logo or icon in {names} on a transparent background"),
        (Kind::Logo, true) => format!("Un logo o un'icona {shape} nei colori {names} su sfondo trasparente"),
        (Kind::Photo, false) => format!("A {shape} photo in {names} tones"),
        (Kind::Photo, true) => format!("Una foto {shape} nei toni {names}"),
    })
}

fn open(bytes: &[u8]) -> Result<DynamicImage, Unreadable> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Unreadable)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    reader.decode().map_err(|_| Unreadable)
}

/// Named colours by how much of the picture they are, the largest first, in hundredths.
fn dominant(pixels: &[[u8; 4]]) -> Vec<(&'static Colour, usize)> {
    let mut counts = vec![0_usize; COLOURS.len()];
    for pixel in pixels {
        let distance = |colour: &Colour| -> i32 {
            let [r, g, b] = colour.rgb;
            // The eye sees green best, blue worst.
            3 * (i32::from(pixel[0]) - r).pow(2)
                + 4 * (i32::from(pixel[1]) - g).pow(2)
                + 2 * (i32::from(pixel[2]) - b).pow(2)
        };
        let nearest = COLOURS.iter().enumerate().min_by_key(|(_, colour)| distance(colour));
        if let Some(count) = nearest.and_then(|(place, _)| counts.get_mut(place)) {
            *count += 1;
        }
    }
    let total = pixels.len().max(1);
    let mut found: Vec<_> = COLOURS
        .iter()
        .zip(counts)
        .map(|(colour, count)| (colour, count * 100 / total))
        .filter(|(_, part)| *part > 0)
        .collect();
    found.sort_by_key(|(_, part)| std::cmp::Reverse(*part));
    if found.is_empty() {
        found.extend(COLOURS.iter().filter(|colour| colour.english == "white").map(|white| (white, 100)));
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Drawing,
    Logo,
    Photo,
}

impl Kind {
    fn of(found: &[(&Colour, usize)], transparent: bool) -> Self {
        let first = found.first().map_or(100, |(_, part)| *part);
        let two: usize = found.iter().take(2).map(|(_, part)| *part).sum();
        match () {
            () if transparent => Self::Logo,
            () if first >= 97 => Self::Plain,
            // Photos spread over many names, drawings keep to a few.
            () if two >= 75 || found.len() <= 5 => Self::Drawing,
            () => Self::Photo,
        }
    }
}

fn shape(width: u32, height: u32, italian: bool) -> &'static str {
    let (w, h) = (u64::from(width), u64::from(height));
    match italian {
        _ if w * 10 > h * 22 => {
            if italian {
                "panoramica"
            } else {
                "very wide"
            }
        }
        _ if w * 10 > h * 12 => {
            if italian {
                "orizzontale"
            } else {
                "wide"
            }
        }
        _ if h * 10 > w * 12 => {
            if italian {
                "verticale"
            } else {
                "tall"
            }
        }
        true => "quadrata",
        false => "square",
    }
}

#[cfg(test)]
mod tests {
    use image::RgbaImage;

    use super::*;

    fn png(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
        let picture = RgbaImage::from_fn(width, height, |x, y| Rgba(pixel(x, y)));
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    fn said(bytes: &[u8], italian: bool) -> String {
        caption(bytes, italian).unwrap_or_else(|Unreadable| "unreadable".to_owned())
    }

    #[test]
    fn what_can_be_measured_is_said() {
        let plain = png(300, 100, |_, _| [45, 95, 200, 255]);
        assert_eq!(said(&plain, false), "A very wide area of plain blue");
        assert_eq!(said(&plain, true), "Una superficie panoramica di colore blu");
        let drawing = png(100, 160, |_, y| if y < 100 { [205, 40, 40, 255] } else { [250, 250, 250, 255] });
        assert_eq!(said(&drawing, false), "A tall illustration in red and white");
        let logo = png(64, 64, |x, _| [15, 15, 15, if x < 30 { 255 } else { 0 }]);
        assert_eq!(said(&logo, false), "A square logo or icon in black on a transparent background");
        let photo =
            png(90, 60, |x, y| [(x * 7 % 256) as u8, (y * 11 % 256) as u8, ((x + y) * 5 % 256) as u8, 255]);
        assert!(said(&photo, false).starts_with("A wide photo in "), "{}", said(&photo, false));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for bytes in [&b""[..], b"<svg/>", b"\x89PNG\r\n\x1a\nbroken"] {
            assert_eq!(said(bytes, false), "unreadable");
        }
    }
}
