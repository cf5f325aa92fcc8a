//! Which scene a prompt asks for, its colours, and how each is painted.

use tiny_skia::Color;

use super::{Brush, Dice};

/// A scene the sandbox can paint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scene {
    Sea,
    Mountains,
    Forest,
    City,
    Cup,
    Flowers,
    Night,
    Snow,
    Abstract,
}

/// Beginnings of words, English and Italian.
const WORDS: &[(Scene, &[&str])] = &[
    (Scene::Night, &["night", "star", "moon", "notte", "stell", "luna"]),
    (Scene::Snow, &["snow", "winter", "christmas", "ski", "neve", "invern", "natal"]),
    (
        Scene::Sea,
        &[
            "sea", "beach", "ocean", "boat", "sail", "summer", "island", "mare", "spiaggia", "barca",
            "estate", "isola",
        ],
    ),
    (Scene::Mountains, &["mountain", "hill", "hik", "alps", "valley", "montagn", "collin", "alpi"]),
    (Scene::Forest, &["forest", "tree", "wood", "nature", "garden", "bosco", "alber", "natura", "giardin"]),
    (
        Scene::City,
        &["city", "skyline", "town", "building", "street", "office", "citt", "palazz", "strada", "ufficio"],
    ),
    (Scene::Cup, &["coffee", "tea", "cup", "breakfast", "food", "caff", "tazza", "colazione", "cibo"]),
    (Scene::Flowers, &["flower", "rose", "spring", "bloom", "fior", "rosa", "primavera", "tulip"]),
];

impl Scene {
    pub(super) fn of(prompt: &str, negative: &str) -> Self {
        let has = |text: &str, beginnings: &[&str]| {
            let text = text.to_lowercase();
            text.split(|c: char| !c.is_alphanumeric())
                .any(|word| beginnings.iter().any(|start| word.starts_with(start)))
        };
        let wanted = WORDS.iter().find(|(_, words)| has(prompt, words) && !has(negative, words));
        wanted.map_or(Self::Abstract, |(scene, _)| *scene)
    }

    pub(super) fn paint(self, brush: &mut Brush<'_>, palette: &Palette, dice: &mut Dice) {
        brush.sky(palette.sky, palette.horizon);
        match self {
            Self::Sea => sea(brush, palette, dice),
            Self::Mountains => mountains(brush, palette, dice),
            Self::Forest => forest(brush, palette, dice),
            Self::City => city(brush, palette, dice),
            Self::Cup => cup(brush, palette, dice),
            Self::Flowers => flowers(brush, palette, dice),
            Self::Night => night(brush, palette, dice),
            Self::Snow => snow(brush, palette, dice),
            Self::Abstract => abstraction(brush, palette, dice),
        }
    }
}

/// Colours that go together.
pub(super) struct Palette {
    sky: Color,
    horizon: Color,
    light: Color,
    far: Color,
    middle: Color,
    near: Color,
}

/// Sky, horizon, light, far, middle, near.
type Six = [(u8, u8, u8); 6];

const DAY: Six =
    [(112, 178, 222), (252, 226, 190), (255, 211, 110), (120, 160, 178), (74, 124, 140), (36, 84, 98)];
const SUNSET: Six =
    [(88, 72, 128), (248, 150, 104), (255, 220, 140), (176, 96, 112), (120, 64, 98), (62, 40, 72)];
const MEADOW: Six =
    [(150, 205, 232), (240, 244, 214), (255, 228, 120), (150, 190, 140), (92, 150, 96), (48, 104, 68)];
const DARK: Six = [(14, 20, 52), (58, 62, 118), (250, 244, 208), (40, 48, 96), (26, 32, 70), (14, 18, 42)];
const FROST: Six =
    [(168, 196, 220), (236, 242, 246), (255, 250, 232), (190, 208, 222), (222, 232, 240), (250, 252, 254)];
const NEON: Six = [(18, 10, 40), (96, 18, 110), (255, 84, 190), (40, 220, 230), (140, 40, 220), (20, 16, 60)];
const WARM: Six =
    [(244, 226, 204), (232, 198, 160), (255, 244, 224), (206, 150, 104), (150, 96, 62), (92, 56, 38)];

impl Palette {
    pub(super) fn of(scene: Scene, style: &str, dice: &mut Dice) -> Self {
        let six = match (scene, style) {
            (_, "neon-punk") => NEON,
            (Scene::Night, _) => DARK,
            (Scene::Snow, _) => FROST,
            (Scene::Cup, _) => WARM,
            (Scene::Forest | Scene::Flowers, _) => MEADOW,
            _ if dice.roll() < 0.4 => SUNSET,
            _ => DAY,
        };
        let turn = dice.between(-14.0, 14.0);
        let [sky, horizon, light, far, middle, near] = six.map(|(r, g, b)| {
            let moved = |part: u8| (f32::from(part) + turn).clamp(0.0, 255.0) / 255.0;
            Color::from_rgba(moved(r), f32::from(g) / 255.0, moved(b), 1.0).unwrap_or(Color::WHITE)
        });
        Self { sky, horizon, light, far, middle, near }
    }
}

fn faded(colour: Color, opacity: f32) -> Color {
    let mut colour = colour;
    colour.set_alpha(opacity);
    colour
}

fn sun(brush: &mut Brush<'_>, palette: &Palette, dice: &mut Dice) -> f32 {
    let x = dice.between(20.0, 80.0);
    brush.circle(x, 34.0, 16.0, faded(palette.light, 0.35));
    brush.circle(x, 34.0, 10.0, palette.light);
    x
}

fn sea(brush: &mut Brush<'_>, palette: &Palette, dice: &mut Dice) {
    let x = sun(brush, palette, dice);
    brush.shape(&[(0.0, 58.0), (100.0, 58.0), (100.0, 100.0), (0.0, 100.0)], palette.far);
    for nth in 0..4 {
        let level = 60.0 + nth as f32 * 9.0;
        let colour = if nth % 2 == 0 { palette.middle } else { palette.far };
        brush.hills(level, 0.9, 3.0 + nth as f32, dice.between(0.0, 6.0), faded(colour, 0.75));
    }
    let boat = if x > 50.0 { dice.between(20.0, 40.0) } else { dice.between(60.0, 80.0) };
    let wide = 9.0 / brush.aspect();
    brush.shape(&[(boat, 42.0), (boat + wide, 63.0), (boat, 63.0)], Color::WHITE);
    brush.shape(
        &[(boat - 0.4, 46.0), (boat - wide * 0.7, 63.0), (boat - 0.4, 63.0)],
        faded(Color::WHITE, 0.8),
    );
    brush.shape(
        &[
            (boat - wide, 65.0),
            (boat + wide * 1.2, 65.0),
            (boat + wide * 0.8, 70.0),
            (boat - wide * 0.7, 70.0),
        ],
        palette.near,
    );
    brush.hills(88.0, 1.5, 2.0, dice.between(0.0, 6.0), palette.near);
}

fn mountains(brush: &mut Brush<'_>, palette: &Palette, dice: &mut Dice) {
    sun(brush, palette, dice);
    for (level, colour, peaks) in [(62.0, palette.far, 3), (74.0, palette.middle, 4)] {
        for nth in 0..=peaks {
            let x = nth as f32 * 100.0 / peaks as f32 + dice.between(-6.0, 6.0);
            let top = level - dice.between(22.0, 38.0);
            let half = dice.between(18.0, 26.0);
            brush.shape(&[(x - half, 100.0), (x, top), (x + half, 100.0)], colour);
            let cap = 0.2;
            let snow = faded(Color::WHITE, 0.85);
            let (left, right, low) = (x - half * cap, x + half * cap, top + (100.0 - top) * cap);
            brush.shape(
                &[
                    (left, low),
                    (x, top),
                    (right, low),
                    (x + half * 0.05, low - 3.0),
                    (x - half * 0.06, low + 1.5),
                ],
                snow,
            );
        }
    }
    brush.hills(86.0, 2.5, 1.5, dice.between(0.0, 6.0), palette.near);
}

fn tree(brush: &mut Brush<'_>, x: f32, foot: f32, height: f32, colour: Color, trunk: Color) {
    let wide = height * 0.32 / brush.aspect();
    brush.shape(
        &[
            (x - wide * 0.12, foot),
            (x - wide * 0.12, foot - height * 0.3),
            (x + wide * 0.12, foot - height * 0.3),
            (x + wide * 0.12, foot),
        ],
        trunk,
    );
    for nth in 0..3 {
        let low = foot - height * (0.18 + 0.24 * nth as f32);
        let half = wide * (1.0 - 0.22 * nth as f32);
        brush.shape(&[(x - half, low), (x, low - height * 0.42), (x + half, low)], colour);
    }
}

fn forest(brush: &mut Brush<'_>, palette: &Palette, dice: &mut Dice) {
    sun(brush, palette, dice);
    brush.hills(66.0, 3.0, 1.2, dice.between(0.0, 6.0), palette.far);
    for (foot, height, colour, count) in [(80.0, 34.0, palette.middle, 9), (96.0, 52.0, palette.near, 6)] {
        for nth in 0..count {
            let x = (nth as f32 + dice.between(0.2, 0.8)) * 100.0 / count as f32;
            tree(brush, x, foot, height * dice.between(0.75, 1.1), colour, palette.near);
        }
    }
    brush.hills(95.0, 1.0, 2.0, 0.0, palette.near);
}

fn city(brush: &mut Brush<'_>, palette: &Palette, dice: &mut Dice) {
    sun(brush, palette, dice);
    for (colour, count, high) in [(palette.far, 12, 46.0), (palette.middle, 9, 36.0), (palette.near, 7, 26.0)]
    {
        let wide = 100.0 / count as f32;
        for nth in 0..count {
            let (left, top) = (nth as f32 * wide, 92.0 - dice.between(high * 0.45, high));
            let right = left + wide * dice.between(0.7, 0.96);
            brush.shape(&[(left, 100.0), (left, top), (right, top), (right, 100.0)], colour);
            let mut y = top + 3.0;
            while y < 88.0 {
                for column in 0..3 {
                    let x = left + (right - left) * (0.2 + 0.25 * column as f32);
                    if dice.roll() < 0.45 {
                        let w = (right - left) * 0.12;
                        brush.shape(
                            &[(x, y), (x + w, y), (x + w, y + 1.8), (x, y + 1.8)],
                            faded(palette.light, 0.8),
                        );
                    }
                }
                y += 4.2;
            }
        }
    }
}

fn cup(brush: &mut Brush<'_>, palette: &Palette, dice: &mut Dice) {
    brush.shape(&[(0.0, 72.0), (100.0, 72.0), (100.0, 100.0), (0.0, 100.0)], palette.middle);
    let half = 20.0 / brush.aspect();
    brush.circle(50.0 + half * 1.05, 62.0, 10.0, palette.light);
    brush.circle(50.0 + half * 1.05, 62.0, 6.5, palette.horizon);
    brush.shape(
        &[(50.0 - half, 46.0), (50.0 + half, 46.0), (50.0 + half * 0.72, 80.0), (50.0 - half * 0.72, 80.0)],
        palette.light,
    );
    brush.shape(
        &[
            (50.0 - half * 0.92, 47.5),
            (50.0 + half * 0.92, 47.5),
            (50.0 + half * 0.86, 52.0),
            (50.0 - half * 0.86, 52.0),
        ],
        palette.near,
    );
    brush.shape(
        &[
            (50.0 - half * 1.7, 81.0),
            (50.0 + half * 1.7, 81.0),
            (50.0 + half * 1.2, 86.0),
            (50.0 - half * 1.2, 86.0),
        ],
        palette.light,
    );
    for nth in 0..3 {
        let x = 50.0 + half * (nth as f32 - 1.0) * 0.5;
        for step in 0..7 {
            let y = 42.0 - step as f32 * 4.0;
            let sway = (step as f32 * 0.9 + dice.roll()).sin() * 1.2;
            brush.circle(x + sway, y, 1.6, faded(Color::WHITE, 0.45 - 0.05 * step as f32));
        }
    }
}

fn flowers(brush: &mut Brush<'_>, palette: &Palette, dice: &mut Dice) {
    sun(brush, palette, dice);
    brush.hills(64.0, 3.0, 1.0, dice.between(0.0, 6.0), palette.far);
    brush.hills(76.0, 2.5, 1.4, dice.between(0.0, 6.0), palette.middle);
    const PETALS: [(u8, u8, u8); 4] = [(236, 96, 120), (250, 176, 84), (232, 120, 190), (150, 110, 214)];
    for nth in 0..12 {
        let x = (nth as f32 + dice.between(0.2, 0.8)) * 100.0 / 12.0;
        let (top, size) = (dice.between(58.0, 78.0), dice.between(2.6, 4.4));
        let stem = 0.35;
        brush.shape(&[(x - stem, 100.0), (x - stem, top), (x + stem, top), (x + stem, 100.0)], palette.near);
        let (r, g, b) = PETALS.get((dice.roll() * 3.99) as usize).copied().unwrap_or((236, 96, 120));
        for petal in 0..6 {
            let angle = petal as f32 / 6.0 * std::f32::consts::TAU;
            let reach = size * 0.95;
            brush.circle(
                x + reach * angle.cos() / brush.aspect(),
                top + reach * angle.sin(),
                size * 0.72,
                Color::from_rgba8(r, g, b, 235),
            );
        }
        brush.circle(x, top, size * 0.6, palette.light);
    }
}

fn night(brush: &mut Brush<'_>, palette: &Palette, dice: &mut Dice) {
    for _ in 0..90 {
        let (x, y, size) = (dice.between(0.0, 100.0), dice.between(0.0, 66.0), dice.between(0.12, 0.5));
        brush.circle(x, y, size, faded(palette.light, dice.between(0.4, 1.0)));
    }
    let x = dice.between(22.0, 78.0);
    brush.circle(x, 28.0, 14.0, faded(palette.light, 0.15));
    brush.circle(x, 28.0, 9.0, palette.light);
    brush.hills(72.0, 4.0, 1.1, dice.between(0.0, 6.0), palette.far);
    brush.hills(82.0, 3.0, 1.6, dice.between(0.0, 6.0), palette.middle);
    brush.hills(92.0, 2.0, 2.1, dice.between(0.0, 6.0), palette.near);
}

fn snow(brush: &mut Brush<'_>, palette: &Palette, dice: &mut Dice) {
    brush.circle(dice.between(20.0, 80.0), 28.0, 9.0, palette.light);
    brush.hills(62.0, 4.0, 1.0, dice.between(0.0, 6.0), palette.far);
    let green = Color::from_rgba8(58, 98, 92, 255);
    for nth in 0..7 {
        let x = (nth as f32 + dice.between(0.2, 0.8)) * 100.0 / 7.0;
        tree(brush, x, 82.0, dice.between(22.0, 34.0), green, Color::from_rgba8(92, 70, 56, 255));
    }
    brush.hills(80.0, 2.5, 1.4, dice.between(0.0, 6.0), palette.middle);
    brush.hills(91.0, 1.5, 1.8, dice.between(0.0, 6.0), palette.near);
    for _ in 0..80 {
        brush.circle(
            dice.between(0.0, 100.0),
            dice.between(0.0, 100.0),
            dice.between(0.2, 0.7),
            faded(Color::WHITE, 0.9),
        );
    }
}

fn abstraction(brush: &mut Brush<'_>, palette: &Palette, dice: &mut Dice) {
    let colours = [palette.light, palette.far, palette.middle, palette.near];
    for nth in 0..11 {
        let colour = colours.get(nth % colours.len()).copied().unwrap_or(palette.light);
        let size = dice.between(8.0, 30.0);
        brush.circle(dice.between(0.0, 100.0), dice.between(0.0, 100.0), size, faded(colour, 0.55));
    }
    brush.hills(78.0, 5.0, 1.3, dice.between(0.0, 6.0), faded(palette.middle, 0.8));
    brush.hills(90.0, 3.0, 1.9, dice.between(0.0, 6.0), palette.near);
}
