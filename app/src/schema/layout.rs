//! Layout: tables in columns, each to the right of those that it points at, so that most lines go from left to right; within a
//! column in the order in which the fewest lines cross.

use std::collections::HashMap;

use super::relations::{Name, Relations, Table};

/// Pixels: a table's width, the height of its head and of a row, and what is free between tables and around all.
pub const WIDTH: i32 = 220;
pub const HEAD: i32 = 28;
pub const ROW: i32 = 20;
const FOOT: i32 = 6;
const BETWEEN_COLUMNS: i32 = 72;
const BETWEEN_TABLES: i32 = 24;
const AROUND: i32 = 24;
/// Rounds of putting each table at the middle of its neighbours.
const ROUNDS: usize = 6;
/// Tables of a column before another one is begun, so that no drawing is one long row.
const TALL: usize = 12;

/// Where everything is drawn, in pixels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    pub width: i32,
    pub height: i32,
    /// Left upper corner of each table, in the order of the tables.
    pub tables: Vec<(i32, i32)>,
}

/// How high a table is drawn.
pub fn height(table: &Table) -> i32 {
    HEAD + ROW * i32::try_from(table.columns.len()).unwrap_or(0) + FOOT
}

impl Layout {
    pub fn of(relations: &Relations) -> Self {
        let tables = &relations.tables;
        let places: HashMap<Name, usize> = tables.iter().enumerate().map(|(at, one)| (one.named(), at)).collect();
        let mut edges: Vec<(usize, usize)> = relations
            .links
            .iter()
            .filter_map(|link| Some((*places.get(&link.from)?, *places.get(&link.to)?)))
            .filter(|(from, to)| from != to)
            .collect();
        edges.sort_unstable();
        edges.dedup();
        let columns = ordered(in_columns(tables.len(), &edges), &edges);
        place(tables, &columns)
    }
}

/// The tables by column. Each stands to the right of all that it points at; a ring is cut where it was first walked into.
fn in_columns(count: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (from, to) in edges {
        if let Some(of) = out.get_mut(*from) {
            of.push(*to);
        }
    }
    let mut depth: Vec<Option<usize>> = vec![None; count];
    let mut under_way = vec![false; count];
    // A walk with a stack of its own: a chain of tables may be long.
    for start in 0..count {
        let mut stack = vec![(start, 0)];
        while let Some((at, next)) = stack.pop() {
            if next == 0 {
                if depth.get(at).copied().flatten().is_some() {
                    continue;
                }
                if let Some(mark) = under_way.get_mut(at) {
                    *mark = true;
                }
            }
            let of = out.get(at).map(Vec::as_slice).unwrap_or_default();
            if let Some(to) = of.get(next) {
                stack.push((at, next + 1));
                let known = depth.get(*to).copied().flatten().is_some();
                if !known && !under_way.get(*to).copied().unwrap_or(true) {
                    stack.push((*to, 0));
                }
                continue;
            }
            let deepest = of.iter().filter_map(|to| depth.get(*to).copied().flatten()).max();
            if let (Some(own), Some(mark)) = (depth.get_mut(at), under_way.get_mut(at)) {
                *own = Some(deepest.map_or(0, |deepest| deepest + 1));
                *mark = false;
            }
        }
    }
    let mut columns: Vec<Vec<usize>> = Vec::new();
    for (at, depth) in depth.into_iter().enumerate() {
        let depth = depth.unwrap_or(0);
        columns.resize(columns.len().max(depth + 1), Vec::new());
        if let Some(column) = columns.get_mut(depth) {
            column.push(at);
        }
    }
    columns
        .into_iter()
        .flat_map(|column| column.chunks(TALL).map(<[usize]>::to_vec).collect::<Vec<_>>())
        .collect()
}

/// Each column in the order of the middles of its tables' neighbours, forth and back some times.
fn ordered(mut columns: Vec<Vec<usize>>, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut neighbours: HashMap<usize, Vec<usize>> = HashMap::new();
    for (from, to) in edges {
        neighbours.entry(*from).or_default().push(*to);
        neighbours.entry(*to).or_default().push(*from);
    }
    let mut rank: HashMap<usize, f64> = HashMap::new();
    let rerank = |column: &[usize], rank: &mut HashMap<usize, f64>| {
        let last = column.len().max(1) as f64;
        for (place, at) in column.iter().enumerate() {
            rank.insert(*at, (place as f64 + 0.5) / last);
        }
    };
    columns.iter().for_each(|column| rerank(column, &mut rank));
    for round in 0..ROUNDS {
        let count = columns.len();
        for step in 0..count {
            let at = if round % 2 == 0 { step } else { count - 1 - step };
            let Some(column) = columns.get_mut(at) else { continue };
            let middle = |one: &usize| {
                let near = neighbours.get(one).map(Vec::as_slice).unwrap_or_default();
                let ranks: Vec<f64> = near.iter().filter_map(|other| rank.get(other)).copied().collect();
                match ranks.len() {
                    0 => rank.get(one).copied().unwrap_or_default(),
                    count => ranks.iter().sum::<f64>() / count as f64,
                }
            };
            let mut keyed: Vec<(f64, usize)> = column.iter().map(|one| (middle(one), *one)).collect();
            keyed.sort_by(|(one, a), (other, b)| one.total_cmp(other).then(a.cmp(b)));
            *column = keyed.into_iter().map(|(_, one)| one).collect();
            rerank(column, &mut rank);
        }
    }
    columns
}

fn place(tables: &[Table], columns: &[Vec<usize>]) -> Layout {
    let high = |column: &Vec<usize>| -> i32 {
        let each = column.iter().filter_map(|at| tables.get(*at)).map(height).sum::<i32>();
        each + BETWEEN_TABLES * (i32::try_from(column.len()).unwrap_or(1) - 1).max(0)
    };
    let tallest = columns.iter().map(high).max().unwrap_or_default();
    let mut corners = vec![(0, 0); tables.len()];
    let mut x = AROUND;
    for column in columns {
        let mut y = AROUND + (tallest - high(column)) / 2;
        for at in column {
            if let (Some(corner), Some(table)) = (corners.get_mut(*at), tables.get(*at)) {
                *corner = (x, y);
                y += height(table) + BETWEEN_TABLES;
            }
        }
        x += WIDTH + BETWEEN_COLUMNS;
    }
    Layout {
        width: x - BETWEEN_COLUMNS + AROUND,
        height: tallest + 2 * AROUND,
        tables: corners,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::relations::Column;

    fn columns(count: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
        in_columns(count, edges)
    }

    #[test]
    fn a_table_stands_to_the_right_of_those_that_it_points_at() {
        assert_eq!(columns(3, &[(0, 1), (1, 2)]), [vec![2], vec![1], vec![0]]);
        assert_eq!(columns(4, &[(0, 1), (0, 2), (3, 2)]), [vec![1, 2], vec![0, 3]]);
        assert_eq!(columns(0, &[]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn rings_come_to_an_end_and_so_do_long_chains() {
        let ring = columns(3, &[(0, 1), (1, 2), (2, 0)]);
        assert_eq!(ring.iter().flatten().count(), 3);
        assert_eq!(columns(2, &[(0, 1), (1, 0)]).iter().flatten().count(), 2);
        let chain: Vec<_> = (0..20_000).map(|at| (at, at + 1)).collect();
        assert_eq!(columns(20_001, &chain).len(), 20_001);
    }

    #[test]
    fn no_column_grows_without_end() {
        let star: Vec<_> = (1..=30).map(|at| (at, 0)).collect();
        let lengths: Vec<_> = columns(31, &star).iter().map(Vec::len).collect();
        assert_eq!(lengths, [1, 12, 12, 6]);
    }

    #[test]
    fn neighbours_come_to_stand_beside_each_other() {
        let crossed = vec![vec![0, 1], vec![2, 3]];
        assert_eq!(ordered(crossed, &[(2, 1), (3, 0)]), [vec![1, 0], vec![2, 3]]);
    }

    #[test]
    fn tables_lie_beside_and_under_each_other_within_the_drawing() {
        let table = |columns: usize| Table {
            columns: vec![Column::default(); columns],
            ..Table::default()
        };
        let tables = [table(1), table(3), table(2)];
        let layout = place(&tables, &[vec![0, 2], vec![1]]);
        let boxes: Vec<_> = tables
            .iter()
            .zip(&layout.tables)
            .map(|(table, (x, y))| (*x, *y, x + WIDTH, y + height(table)))
            .collect();
        for (at, one) in boxes.iter().enumerate() {
            assert!(one.0 >= AROUND && one.2 <= layout.width - AROUND && one.3 <= layout.height - AROUND);
            for other in &boxes[at + 1..] {
                let apart = one.2 <= other.0 || other.2 <= one.0 || one.3 <= other.1 || other.3 <= one.1;
                assert!(apart, "{one:?} {other:?}");
            }
        }
    }
}
