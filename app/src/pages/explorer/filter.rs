//! Which operations the list shows: read from the address, so that a view can be shared.

use leptos_router::params::ParamsMap;
use management_api::{Area, Effect, OperationId};

use crate::{explorer::title, form::Form};

/// The choices of the list's toolbar; `None` and an empty text choose nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all occur in the name, path, permissions, scope or description.
    pub search: String,
    pub area: Option<Area>,
    pub effect: Option<Effect>,
}

impl Filter {
    /// Reads the address; what is not understood is as if it were not there.
    pub fn read(query: &ParamsMap) -> Self {
        let text = |name: &str| query.get(name).unwrap_or_default();
        let (area, effect) = (text("area"), text("effect"));
        Self {
            search: text("search"),
            area: Area::ALL.iter().find(|one| one.as_str() == area).copied(),
            effect: Effect::ALL.iter().find(|one| one.as_str() == effect).copied(),
        }
    }

    pub fn narrows(&self) -> bool {
        *self != Self::default()
    }

    /// The operations that fit, by area.
    pub fn apply(&self) -> Vec<(Area, Vec<OperationId>)> {
        let words: Vec<String> = self.search.split_whitespace().map(str::to_lowercase).collect();
        let of = |area: Area| {
            let fitting = |id: &&OperationId| id.row().area == area && self.fits(**id, &words);
            (area, OperationId::ALL.iter().filter(fitting).copied().collect())
        };
        let areas = Area::ALL
            .iter()
            .filter(|area| self.area.is_none_or(|chosen| chosen == **area));
        areas
            .map(|area| of(*area))
            .filter(|(_, ids): &(_, Vec<_>)| !ids.is_empty())
            .collect()
    }

    fn fits(&self, id: OperationId, words: &[String]) -> bool {
        let row = id.row();
        if self.effect.is_some_and(|effect| effect != row.effect) {
            return false;
        }
        if words.is_empty() {
            return true;
        }
        let facts = [
            row.name,
            row.method.as_str(),
            row.path,
            row.area.title(),
            row.scope.unwrap_or_default(),
            row.stability.as_str(),
            &row.permissions.names().join(" "),
            &title(id),
            &Form::of(id).about,
        ]
        .join("\n")
        .to_lowercase();
        words.iter().all(|word| facts.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(query: &[(&str, &str)]) -> Vec<OperationId> {
        let query = query
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Filter::read(&query)
            .apply()
            .into_iter()
            .flat_map(|(_, ids)| ids)
            .collect()
    }

    #[test]
    fn everything_is_shown_until_something_is_chosen() {
        let all = shown(&[]);
        assert_eq!(all.len(), OperationId::ALL.len());
        assert_eq!(shown(&[("area", "no-such-area"), ("effect", "x")]), all);
    }

    #[test]
    fn words_are_sought_in_name_path_permission_and_scope() {
        for search in ["v1-delete hostname", "DELETE custom-hostname", "delete domains"] {
            assert!(
                shown(&[("search", search)]).contains(&OperationId::DeleteHostnameConfig),
                "{search}"
            );
        }
        let permission = shown(&[("search", "analytics_logs_read")]);
        assert_eq!(permission, [OperationId::QueryLogs]);
        assert!(shown(&[("search", "analytics:read")]).contains(&OperationId::QueryLogs));
        assert!(shown(&[("search", "nothing-like-this")]).is_empty());
    }

    #[test]
    fn choices_narrow_together() {
        let costly = shown(&[("area", "billing"), ("effect", "costly")]);
        assert_eq!(costly, [OperationId::ApplyAddon]);
    }
}
