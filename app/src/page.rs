//! What a page is: its address, its name, its place in the menu. Each page's file has its `PAGE`, and the router, the side
//! menu, the breadcrumbs, the heading and the browser tests are made from these.

mod menu;
mod sheet;
#[cfg(test)]
mod tests;

use leptos::prelude::AnyView;
use leptos_router::{PartialPathMatch, PathSegment, PossibleRouteMatch};
use management_api::{OperationId, SEGMENT, Scope};
use percent_encoding::{percent_decode_str, utf8_percent_encode};

pub use self::{
    menu::{Group, menu},
    sheet::Sheet,
};
use crate::{pages, ui::Icon};

/// One page of the console.
#[derive(Debug)]
pub struct Page {
    /// As the router reads it, such as `/projects/:ref/settings`.
    pub route: &'static str,
    /// What the menu, the breadcrumbs and the heading call it.
    pub title: &'static str,
    pub icon: Icon,
    /// Where it stands in the side menu; `None` for pages that others lead to.
    pub group: Option<Group>,
    /// The page above it.
    pub parent: Option<&'static Page>,
    /// What it cannot do without being allowed to call; `None` where it reads nothing of Supabase.
    pub operation: Option<OperationId>,
    /// The style sheet that it is drawn with beside the one of all pages.
    pub sheet: Option<Sheet>,
    pub view: fn() -> AnyView,
}

impl PartialEq for Page {
    fn eq(&self, other: &Self) -> bool {
        self.route == other.route
    }
}

impl Page {
    /// The page at `path`, with what the path names.
    pub fn at(path: &str) -> Option<(&'static Self, Parameters)> {
        pages::all().find_map(|page| Some((page, Parameters::read(page.read(path)?))))
    }

    /// What stands in `path` in the place of `:ref` and the like; `None` where it is not this page's.
    fn read<'a>(&self, path: &'a str) -> Option<Vec<(&'static str, &'a str)>> {
        let (mut named, mut given) = (Vec::new(), path.trim_end_matches('/').split('/'));
        for segment in self.route.split('/') {
            let given = given.next()?;
            match segment.strip_prefix(':') {
                Some(name) if !given.is_empty() => named.push((name, given)),
                None if segment == given => {}
                Some(_) | None => return None,
            }
        }
        given.next().is_none().then_some(named)
    }

    /// What `path`, an address of this page, names.
    pub fn named(&self, path: &str) -> Parameters {
        self.read(path).map(Parameters::read).unwrap_or_default()
    }

    /// The page's address for what another page's address names: one of the same place, or one above it.
    pub fn href(&self, named: &Parameters) -> String {
        self.filled(|name| utf8_percent_encode(named.get(name), SEGMENT).to_string())
    }

    /// The route as HTTP servers and API documents write it, such as `/projects/{ref}/settings`.
    pub fn template(&self) -> String {
        self.filled(|name| format!("{{{name}}}"))
    }

    /// The route with `with` of each name in the place of `:name`.
    fn filled(&self, with: impl Fn(&str) -> String) -> String {
        let segment = |segment: &str| segment.strip_prefix(':').map_or_else(|| segment.to_owned(), &with);
        self.route.split('/').map(segment).collect::<Vec<_>>().join("/")
    }

    /// The page itself and those above it, the nearest first.
    pub fn way(&'static self) -> impl Iterator<Item = &'static Self> {
        std::iter::successors(Some(self), |page| page.parent)
    }

    /// Whether it is the page of one project or organization, which goes by that one's name.
    pub fn is_a_place(&self) -> bool {
        matches!(self.route, "/projects/:ref" | "/organizations/:slug")
    }

    /// What its address ends with, where that is the thing that the page is about: the name of its parameter.
    pub fn thing(&self) -> Option<&'static str> {
        self.route.rsplit('/').next()?.strip_prefix(':')
    }

    /// The pages between which tabs lead: that of one thing in a project or organization and those right under it, which
    /// show more of the same. Empty where the page stands alone.
    pub fn tabs(&'static self) -> Vec<&'static Self> {
        let parameters = |page: &Self| page.route.matches("/:").count();
        let under = |root: &'static Self| -> Vec<&'static Self> {
            let inside = parameters(root) > 0 && !root.is_a_place();
            let shows = |page: &&Self| {
                // A page that does one thing is come to from where it is offered, and left when it is done; and one
                // thing that the address' query names is come to from its list.
                let does = [
                    "/new",
                    "/edit",
                    "/new-sized",
                    "/add",
                    "/delete",
                    "/grant",
                    "/invite",
                    "/report",
                    "/transfer",
                    "/rollback",
                    "/function-changes",
                    "/function-copies",
                    "/function-deletion",
                    "/schema/table",
                    "/advisors/finding",
                ]
                .iter()
                .any(|word| page.route.ends_with(word));
                page.parent == Some(root) && parameters(page) == parameters(root) && !does
            };
            let found = pages::all().filter(shows).filter(|_| inside);
            std::iter::once(root).chain(found).collect()
        };
        let roots = [Some(self), self.parent];
        let found = roots.into_iter().flatten().map(under);
        found
            .into_iter()
            .find(|tabs| tabs.len() > 1 && tabs.contains(&self))
            .unwrap_or_default()
    }

    /// Whose menu it stands in, for what its address names.
    pub fn scope(&self, named: &Parameters) -> Scope {
        if self.route.starts_with("/projects/:ref") {
            Scope::Project(named.get("ref").to_owned())
        } else if self.route.starts_with("/organizations/:slug") {
            Scope::Organization(named.get("slug").to_owned())
        } else {
            Scope::Account
        }
    }
}

/// What an address names: a project's ref, an organization's slug, and whatever else a page is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(&'static str, String)>);

impl Parameters {
    fn read(named: Vec<(&'static str, &str)>) -> Self {
        let decoded = |value: &str| percent_decode_str(value).decode_utf8_lossy().into_owned();
        Self(named.into_iter().map(|(name, value)| (name, decoded(value))).collect())
    }

    /// Empty where the address names none.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(one, _)| *one == name)
            .map_or("", |(_, value)| value)
    }

    /// What one place is named by.
    pub fn of(scope: &Scope) -> Self {
        Self(match scope {
            Scope::Account => Vec::new(),
            Scope::Organization(slug) => vec![("slug", slug.clone())],
            Scope::Project(reference) => vec![("ref", reference.clone())],
        })
    }
}

/// A page's route as the router takes it.
#[derive(Clone, Copy, Debug)]
pub struct Route(pub &'static Page);

impl PossibleRouteMatch for Route {
    fn optional(&self) -> bool {
        false
    }

    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        let named = self.0.read(path)?.into_iter();
        let named = named.map(|(name, value)| (name.into(), value.to_owned())).collect();
        Some(PartialPathMatch::new("", named, path))
    }

    fn generate_path(&self, path: &mut Vec<PathSegment>) {
        path.extend(
            self.0
                .route
                .split('/')
                .skip(1)
                .map(|segment| match segment.strip_prefix(':') {
                    Some(name) => PathSegment::Param(name.into()),
                    None => PathSegment::Static(segment.into()),
                }),
        );
    }
}
