//! Draws a picture from the words of a prompt: a simple scene in colours that go together, marked as the sandbox's.
//! The same order gives the same picture, to the byte.

mod scene;

use tiny_skia::{Color, Paint, PathBuilder, Pixmap, Rect, Stroke, Transform};

use scene::{Palette, Scene};

/// What to draw.
pub(super) struct Drawing<'a> {
    pub(super) prompt: &'a str,
    /// What to leave out.
    pub(super) negative: &'a str,
    /// One of Stability's style presets, or nothing.
    pub(super) style: &'a str,
    /// Pixels.
    pub(super) width: u32,
    /// Pixels.
    pub(super) height: u32,
    pub(super) seed: u64,
}

/// A PNG; `None` if there was no memory for it.
pub(super) fn draw(order: &Drawing<'_>) -> Option<Vec<u8>> {
    let scene = Scene::of(order.prompt, order.negative);
    let mut dice = Dice(hash(order.prompt) ^ hash(order.style) ^ order.seed);
    let palette = Palette::of(scene, order.style, &mut dice);
    let mut canvas = Pixmap::new(order.width.clamp(64, 1536), order.height.clamp(64, 1536))?;
    let mut brush = Brush { lines: order.style == "line-art", canvas: &mut canvas };
    scene.paint(&mut brush, &palette, &mut dice);
    brush.mark();
    canvas.encode_png().ok()
}

/// FNV-1a: the same on every machine and in every version.
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Equal throws for equal seeds (xorshift64*).
pub(super) struct Dice(u64);

impl Dice {
    /// A number from 0 to 1.
    fn roll(&mut self) -> f32 {
        let mut x = self.0 | 1;
        x ^= x >> 12;
        x ^= x << 25;
        x ^= x >> 27;
        self.0 = x;
        // 24 bits fit into an f32 to the last.
        let bits = x.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 40;
        bits as f32 / 16_777_216.0
    }

    fn between(&mut self, from: f32, to: f32) -> f32 {
        from + (to - from) * self.roll()
    }
}

/// Draws in hundredths of the canvas, so that a scene fits every shape.
pub(super) struct Brush<'a> {
    /// Outlines only.
    lines: bool,
    canvas: &'a mut Pixmap,
}

impl Brush<'_> {
    fn size(&self) -> (f32, f32) {
        (self.canvas.width() as f32, self.canvas.height() as f32)
    }

    /// The ratio of the canvas: what is round must stay round.
    fn aspect(&self) -> f32 {
        let (w, h) = self.size();
        w / h
    }

    fn sky(&mut self, top: Color, bottom: Color) {
        use tiny_skia::{GradientStop, LinearGradient, Point, SpreadMode};
        let (w, h) = self.size();
        let stops = vec![GradientStop::new(0.0, top), GradientStop::new(1.0, bottom)];
        let gradient = LinearGradient::new(
            Point::from_xy(0.0, 0.0),
            Point::from_xy(0.0, h),
            stops,
            SpreadMode::Pad,
            Transform::identity(),
        );
        let mut paint = Paint::default();
        match gradient {
            Some(shader) if !self.lines => paint.shader = shader,
            _ => paint.set_color(Color::WHITE),
        }
        if let Some(all) = Rect::from_xywh(0.0, 0.0, w, h) {
            self.canvas.fill_rect(all, &paint, Transform::identity(), None);
        }
    }

    /// A closed shape through these points.
    fn shape(&mut self, points: &[(f32, f32)], colour: Color) {
        let (w, h) = self.size();
        let mut path = PathBuilder::new();
        for (nth, (x, y)) in points.iter().enumerate() {
            let (x, y) = (x / 100.0 * w, y / 100.0 * h);
            if nth == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
        path.close();
        self.put(path, colour);
    }

    /// A circle; `radius` in hundredths of the height.
    fn circle(&mut self, x: f32, y: f32, radius: f32, colour: Color) {
        let (w, h) = self.size();
        let mut path = PathBuilder::new();
        path.push_circle(x / 100.0 * w, y / 100.0 * h, radius / 100.0 * h);
        self.put(path, colour);
    }

    /// Rolling ground from left to right, down to the lower edge.
    fn hills(&mut self, level: f32, swing: f32, waves: f32, phase: f32, colour: Color) {
        let mut points = vec![(0.0, 100.0)];
        for step in 0..=50 {
            let x = step as f32 * 2.0;
            let angle = x / 100.0 * waves * std::f32::consts::TAU + phase;
            points.push((x, level + swing * (angle.sin() + 0.4 * (angle * 2.3).sin())));
        }
        points.push((100.0, 100.0));
        self.shape(&points, colour);
    }

    fn put(&mut self, path: PathBuilder, colour: Color) {
        let Some(path) = path.finish() else { return };
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        if self.lines {
            paint.set_color(Color::WHITE);
            self.canvas.fill_path(&path, &paint, tiny_skia::FillRule::Winding, Transform::identity(), None);
            paint.set_color(Color::from_rgba8(35, 32, 28, 255));
            let stroke = Stroke { width: self.canvas.height() as f32 / 250.0, ..Stroke::default() };
            self.canvas.stroke_path(&path, &paint, &stroke, Transform::identity(), None);
            return;
        }
        paint.set_color(colour);
        self.canvas.fill_path(&path, &paint, tiny_skia::FillRule::Winding, Transform::identity(), None);
    }

    /// Three small bars in a corner: the sign that this is a sandbox's picture.
    fn mark(&mut self) {
        let (w, h) = self.size();
        let unit = h / 100.0;
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.set_color(Color::from_rgba8(255, 255, 255, 190));
        for nth in 0..3 {
            let x = w - unit * (3.0 + 2.2 * nth as f32);
            if let Some(bar) = Rect::from_xywh(x, h - unit * 4.5, unit * 1.2, unit * 2.0) {
                self.canvas.fill_rect(bar, &paint, Transform::identity(), None);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(prompt: &str, style: &str, seed: u64) -> Vec<u8> {
        draw(&Drawing { prompt, negative: "", style, width: 192, height: 108, seed }).unwrap()
    }

    #[test]
    fn equal_orders_give_equal_pictures_and_others_do_not() {
        assert_eq!(order("a boat on the sea", "", 1), order("a boat on the sea", "", 1));
        assert_ne!(order("a boat on the sea", "", 1), order("a boat on the sea", "", 2));
        assert_ne!(order("a boat on the sea", "", 1), order("a mountain", "", 1));
        assert_ne!(order("a boat on the sea", "", 1), order("a boat on the sea", "neon-punk", 1));
    }

    #[test]
    fn every_scene_and_style_is_drawn() {
        for prompt in
            ["sea", "mountain", "forest", "city", "coffee", "flower", "night", "snow", "", "{{x}} <b>"]
        {
            for style in ["", "line-art", "neon-punk", "pixel-art", "anime"] {
                assert!(order(prompt, style, 3).starts_with(b"\x89PNG"));
            }
        }
    }
}
