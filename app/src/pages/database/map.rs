//! The drawing of relations: tables as boxes that lead to their pages, foreign keys as lines between them, with a crow's foot
//! where many rows point and a bar where it is one. Numbers are pixels; nothing of it needs a style of its own.

use leptos::prelude::*;

use crate::{
    paths,
    schema::{
        layout::{HEAD, Layout, ROW, WIDTH, height},
        relations::{Column, Link, Name, Relations, Table},
    },
    ui::chart::grouped,
};

/// Letters of a head, and of a row with its column and type.
const TITLE: usize = 26;
const LINE: usize = 25;
/// How far a line stands off before it turns.
const BEND: i32 = 44;

/// The beginning of `text`, in at most `most` letters.
fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let begin: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{begin}\u{2026}")
}

/// A number as briefly as a head has room for.
fn brief(rows: i64) -> String {
    match rows {
        ..10_000 => grouped(rows as f64),
        10_000..1_000_000 => format!("{} k", rows / 1_000),
        1_000_000..1_000_000_000 => format!("{:.1} M", rows as f64 / 1e6),
        _ => format!("{:.1} G", rows as f64 / 1e9),
    }
}

/// `around`: the table that it is drawn around; `alone` says what is left out.
pub fn map(project: &str, shown: &Relations, schema: &str, around: Option<&Name>, alone: String) -> AnyView {
    let layout = Layout::of(shown);
    let placed: Vec<(&Table, (i32, i32))> = shown.tables.iter().zip(layout.tables.iter().copied()).collect();
    let on = |link: &Link| around.is_some_and(|name| link.from == *name || link.to == *name);
    // What touches the table in the middle lies above the other lines.
    let (above, below): (Vec<&Link>, Vec<&Link>) = shown.links.iter().partition(|link| on(link));
    let lines: Vec<_> = below
        .into_iter()
        .map(|link| (link, false))
        .chain(above.into_iter().map(|link| (link, true)))
        .filter_map(|(link, on)| line(link, on, &placed))
        .collect();
    let boxes: Vec<_> = placed
        .iter()
        .map(|(table, corner)| {
            let middle = around.is_some_and(|name| table.is(name));
            drawn(project, table, *corner, schema, middle, &shown.links)
        })
        .collect();
    let label = format!(
        "{} tables and {} foreign keys between them",
        shown.tables.len(),
        shown.links.len()
    );
    let (width, height) = (layout.width.to_string(), layout.height.to_string());
    view! {
        <figure class="map">
            <div class="map-box" tabindex="0" role="region" aria-label="Drawing of the relations">
                <svg width=width.clone() height=height.clone() viewBox=format!("0 0 {width} {height}") role="group" aria-label=label>
                    {lines}
                    {boxes}
                </svg>
            </div>
            <figcaption class="map-legend">
                <span><svg width="28" height="12" aria-hidden="true"><path class="map-line" d="M0 6H28M20 6L28 1M20 6L28 11"></path></svg> "many"</span>
                <span><svg width="28" height="12" aria-hidden="true"><path class="map-line" d="M0 6H28M22 1V11"></path></svg> "one"</span>
                <span class="quiet">{alone}</span>
            </figcaption>
        </figure>
    }
    .into_any()
}

/// The height of the row that holds the column, within its table.
fn row(table: &Table, column: Option<&String>) -> i32 {
    let at = table.columns.iter().position(|one| Some(&one.name) == column);
    at.and_then(|at| i32::try_from(at).ok())
        .map_or(HEAD / 2, |at| HEAD + ROW * at + ROW / 2)
}

/// From where to where a line goes, each with the side on which it leaves: -1 is left.
fn ends(from: (i32, i32), to: (i32, i32)) -> ((i32, i32, i32), (i32, i32, i32)) {
    let ((from_x, from_y), (to_x, to_y)) = (from, to);
    if to_x + WIDTH <= from_x {
        ((from_x, from_y, -1), (to_x + WIDTH, to_y, 1))
    } else if from_x + WIDTH <= to_x {
        ((from_x + WIDTH, from_y, 1), (to_x, to_y, -1))
    } else {
        ((from_x + WIDTH, from_y, 1), (to_x + WIDTH, to_y, 1))
    }
}

fn path(link: &Link, from: (i32, i32), to: (i32, i32)) -> String {
    let ((x, y, side), (end_x, end_y, end_side)) = ends(from, to);
    let (bend, end_bend) = (x + side * BEND, end_x + end_side * BEND);
    let foot = x + side * 8;
    let many = match link.one {
        true => format!("M{foot} {}V{}", y - 5, y + 5),
        false => format!("M{foot} {y}L{x} {}M{foot} {y}L{x} {}", y - 5, y + 5),
    };
    let bar = end_x + end_side * 6;
    format!(
        "M{x} {y}C{bend} {y} {end_bend} {end_y} {end_x} {end_y}{many}M{bar} {}V{}",
        end_y - 5,
        end_y + 5
    )
}

fn line(link: &Link, on: bool, placed: &[(&Table, (i32, i32))]) -> Option<AnyView> {
    let end = |name: &Name, column: Option<&String>| {
        let (table, (x, y)) = placed.iter().find(|(table, _)| table.is(name))?;
        Some((*x, y + row(table, column)))
    };
    let (from, to) = (
        end(&link.from, link.columns.first())?,
        end(&link.to, link.to_columns.first())?,
    );
    let d = path(link, from, to);
    let said = format!(
        "{}.{} points at {}.{}",
        link.from.1,
        link.columns.join(", "),
        link.to.1,
        link.to_columns.join(", ")
    );
    Some(view! { <path class="map-line" data-on=on d=d><title>{said}</title></path> }.into_any())
}

fn drawn(project: &str, table: &Table, (x, y): (i32, i32), schema: &str, middle: bool, links: &[Link]) -> AnyView {
    let outside = table.schema != schema;
    let whole = format!("{}.{}", table.schema, table.name);
    let title = if outside { whole.clone() } else { table.name.clone() };
    let rows = table.rows.map(brief).unwrap_or_default();
    let title = short(&title, TITLE.saturating_sub(rows.chars().count()));
    let href = paths::table(project, &table.schema, &table.name);
    let points = |column: &Column| {
        let mut own = links.iter().filter(|link| table.is(&link.from));
        own.any(|link| link.columns.contains(&column.name))
    };
    let columns: Vec<_> = (0..)
        .zip(&table.columns)
        .map(|(at, one)| column(one, points(one), x, y + HEAD + ROW * at))
        .collect();
    let number = |value: i32| value.to_string();
    let high = height(table);
    view! {
        <a class="map-table" href=href data-outside=outside data-on=middle>
            <title>{whole}</title>
            <rect class="map-ground" x=number(x) y=number(y) width=number(WIDTH) height=number(high) rx="6"></rect>
            <path class="map-head" d=head(x, y, columns.is_empty())></path>
            <text class="map-name" x=number(x + 10) y=number(y + 18)>{title}</text>
            <text class="map-rows" x=number(x + WIDTH - 10) y=number(y + 18) text-anchor="end">{rows}</text>
            {columns}
        </a>
    }
    .into_any()
}

/// The head's ground, round where the table is.
fn head(x: i32, y: i32, alone: bool) -> String {
    let (wide, high) = (WIDTH - 12, HEAD - 6);
    let foot = if alone {
        String::new()
    } else {
        format!("M{x} {}h{WIDTH}", y + HEAD)
    };
    format!("M{x} {}v-{high}q0 -6 6 -6h{wide}q6 0 6 6v{high}z{foot}", y + HEAD)
}

fn column(column: &Column, points: bool, x: i32, y: i32) -> impl IntoView + use<> {
    let mark = match (column.primary, points) {
        (true, _) => "PK",
        (false, true) => "FK",
        (false, false) => "",
    };
    let name = short(&column.name, LINE - 5);
    let kind = short(&column.kind, LINE.saturating_sub(name.chars().count() + 1));
    let base = (y + 15).to_string();
    view! {
        <text class="map-mark" x=(x + 10).to_string() y=base.clone() data-primary=column.primary>{mark}</text>
        <text class="map-column" x=(x + 34).to_string() y=base.clone()>{name}</text>
        <text class="map-type" x=(x + WIDTH - 10).to_string() y=base text-anchor="end">{kind}</text>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_leave_where_the_other_table_stands() {
        assert_eq!(ends((400, 10), (0, 50)), ((400, 10, -1), (WIDTH, 50, 1)));
        assert_eq!(ends((0, 10), (400, 50)), ((WIDTH, 10, 1), (400, 50, -1)));
        // One under the other, and a table that points at itself: around it.
        assert_eq!(ends((0, 10), (0, 50)), ((WIDTH, 10, 1), (WIDTH, 50, 1)));
    }

    #[test]
    fn what_is_long_is_cut_and_numbers_are_brief() {
        assert_eq!(short("card_decks", 10), "card_decks");
        assert_eq!(short("card_decks_", 10), "card_deck\u{2026}");
        for (rows, said) in [
            (0, "0"),
            (8_410, "8,410"),
            (21_500, "21 k"),
            (1_200_000, "1.2 M"),
            (i64::MAX, "9223372036.9 G"),
        ] {
            assert_eq!(brief(rows), said);
        }
    }

    #[test]
    fn many_is_a_foot_and_one_is_a_bar() {
        let mut link = Link::default();
        assert!(path(&link, (400, 10), (0, 50)).contains("M392 10L400 5M392 10L400 15M226 45V55"));
        link.one = true;
        assert!(path(&link, (400, 10), (0, 50)).contains("M392 5V15M226 45V55"));
    }
}
