//! A character on a page.

/// A character where it stands. Points, with y growing upwards; the text reads along x.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    /// What it means in Unicode; more than one character for a ligature.
    pub(super) text: String,
    /// Its left edge.
    pub(super) x: f32,
    /// Its baseline.
    pub(super) y: f32,
    /// How far it moves the pen.
    pub(super) width: f32,
    /// Height of its font.
    pub(super) size: f32,
}

/// What one page shows.
#[derive(Debug, Default)]
pub(super) struct PageGlyphs {
    /// The characters, in the order they are drawn.
    pub(super) glyphs: Vec<Glyph>,
    /// Whether it draws an image.
    pub(super) image: bool,
    /// Characters whose meaning the file does not tell.
    pub(super) unknown: usize,
}

/// A map of the plane: `x' = a x + c y + e`, `y' = b x + d y + f` (ISO 32000-1, 8.3.3).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f32; 6]);

impl Matrix {
    /// Leaves every point where it is.
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// A shift.
    pub(super) fn shift(x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This map first, `next` after it.
    pub(super) fn then(self, next: Self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let [p, q, r, s, t, u] = next.0;
        Self([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])
    }
}

/// The quarter turns by which text that runs along `(a, b)` is turned: 0 along x, 1 along y.
pub(super) fn quarter(a: f32, b: f32) -> usize {
    match (a.abs() >= b.abs(), a >= 0.0, b >= 0.0) {
        (true, true, _) => 0,
        (false, _, true) => 1,
        (true, false, _) => 2,
        (false, _, false) => 3,
    }
}

/// The point as it is when text of that many quarter turns is laid along x.
pub(super) fn laid(quarters: usize, x: f32, y: f32) -> (f32, f32) {
    match quarters {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    }
}

#[cfg(test)]
mod tests {
    use super::{Matrix, laid, quarter};

    #[test]
    fn maps_are_applied_in_order() {
        let doubled = Matrix([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        assert_eq!(Matrix::shift(3.0, 4.0).then(doubled), Matrix([2.0, 0.0, 0.0, 2.0, 6.0, 8.0]));
        assert_eq!(doubled.then(Matrix::shift(3.0, 4.0)), Matrix([2.0, 0.0, 0.0, 2.0, 3.0, 4.0]));
    }

    #[test]
    fn text_that_runs_upwards_is_laid_flat() {
        assert_eq!(quarter(0.0, 1.0), 1);
        // Along the line: from (5, 1) up to (5, 2).
        assert_eq!((laid(1, 5.0, 1.0), laid(1, 5.0, 2.0)), ((1.0, -5.0), (2.0, -5.0)));
        assert_eq!((laid(2, 5.0, 1.0), laid(3, 5.0, 1.0)), ((-5.0, -1.0), (-1.0, 5.0)));
    }
}
