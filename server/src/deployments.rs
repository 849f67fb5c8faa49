//! Deployments of functions: what they must not write over, what the plan allows, and those whose files come from another
//! project.

use app::{
    error::ConsoleError, functions::source, plan::FilesFrom, reads::functions::limits, server_fns::functions::Limits,
    ui::chart::grouped,
};
use bytes::Bytes;
use management_api::{
    Request, Scope, Upload,
    functions::{Function, GetFunction, GetFunctionBody, ListFunctions},
};

use crate::{
    backend::RequestBackend,
    calls,
    identity::{SignedIn, Through},
    stack::{self, Call, Ended, FileSender},
    state::{Shared, State},
};

const MEGABYTE: f64 = 1024.0 * 1024.0;
/// Bytes that a form has beside its files, at least as many as it may be over.
const FORM: f64 = 256.0 * 1024.0;

/// The function that runs under this slug; `None` where there is none.
async fn running(
    shared: &State,
    me: &SignedIn,
    project: String,
    slug: String,
) -> Result<Option<Function>, ConsoleError> {
    let get = GetFunction {
        project,
        function_slug: slug,
    };
    match calls::read(shared, me, &get).await {
        Ok(function) => Ok(Some(function)),
        Err(ConsoleError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Holds the function that `request` deploys to be the one that the person has seen, `version` of it: nobody's deployment is
/// written over unseen.
///
/// # Errors
/// It is another one by now, is not there, or could not be read.
pub async fn unchanged(
    shared: &State,
    me: &SignedIn,
    request: &Request,
    version: Option<i64>,
) -> Result<(), ConsoleError> {
    let parameter = |name| request.parameter(name).unwrap_or_default().to_owned();
    let (project, slug) = (parameter("ref"), parameter("slug"));
    if slug.is_empty() {
        let message = "Please fill this in: slug.";
        return Err(ConsoleError::invalid("slug", message));
    }
    let running = running(shared, me, project, slug.clone())
        .await?
        .map(|function| function.version);
    let message = match (version, running) {
        _ if version == running => return Ok(()),
        (None, Some(running)) => format!(
            "There is a function {slug} already, in version {running}. Nothing was sent: choose another slug, or open \
             that function and deploy its next version."
        ),
        (Some(running), Some(now)) => format!(
            "Somebody deployed version {now} while you worked on version {running}. Nothing was sent: load the page \
             anew to see what runs now."
        ),
        (version, None) => {
            let version = version.unwrap_or_default();
            format!("The function {slug}, of which you saw version {version}, was deleted meanwhile. Nothing was sent.")
        }
    };
    Err(ConsoleError::invalid("slug", message))
}

/// Holds a deployment to what the plan allows, as far as that can be known before it is sent: `new`, one function more, and
/// a form of `bytes`.
///
/// # Errors
/// The plan allows no more.
pub async fn within_plan(
    shared: &Shared,
    me: &SignedIn,
    request: &Request,
    new: bool,
    bytes: Option<u64>,
) -> Result<(), ConsoleError> {
    let scope = Scope::of(request);
    let (Some(organization), Some(project)) = (shared.directory.organization_of(&me.person.id, &scope), scope.key())
    else {
        return Ok(());
    };
    let list = ListFunctions {
        project: project.to_owned(),
    };
    let backend = RequestBackend::of(shared, me, Through::Console);
    let count = async {
        match new {
            // ok: where they cannot be counted, Supabase counts them.
            true => calls::read(shared, me, &list).await.ok().map(|all| all.len()),
            false => None,
        }
    };
    let (limits, count) = futures::join!(limits(&backend, organization), count);
    match limits {
        Ok(limits) => fits(limits, count, bytes),
        // ok: then Supabase itself says that it is too much.
        Err(_) => Ok(()),
    }
}

fn fits(limits: Limits, count: Option<usize>, bytes: Option<u64>) -> Result<(), ConsoleError> {
    if let (Some(most), Some(count)) = (limits.functions, count)
        && count as f64 >= most
    {
        let message = format!(
            "The project has {} functions, and its plan allows no more. Nothing was sent.",
            grouped(count as f64)
        );
        return Err(ConsoleError::invalid("slug", message));
    }
    if let (Some(most), Some(bytes)) = (limits.megabytes, bytes)
        && bytes as f64 > most * MEGABYTE + FORM
    {
        let message = format!(
            "The files hold {:.1} MB together, and the plan allows {most} MB a function. Nothing was sent.",
            bytes as f64 / MEGABYTE
        );
        return Err(ConsoleError::invalid("file", message));
    }
    Ok(())
}

/// The files of a function, under the names that they were deployed with; `None` where only its bundle is known.
///
/// # Errors
/// Whatever keeps them from being read.
pub async fn files(
    shared: &State,
    me: &SignedIn,
    project: String,
    slug: String,
) -> Result<Option<Vec<(String, Bytes)>>, ConsoleError> {
    let read = GetFunctionBody {
        project,
        function_slug: slug,
    };
    let Some(files) = calls::read(shared, me, &read).await?.files() else {
        return Ok(None);
    };
    let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
    let names = source::relative(&names);
    // ok: it was put into base64 here.
    let content = |file: &Upload| file.content().unwrap_or_default().into();
    Ok(Some(names.into_iter().zip(files.iter().map(content)).collect()))
}

/// The files of the function that was copied last: the deployments of one function follow each other.
#[derive(Default)]
pub struct Copies {
    read: Option<(FilesFrom, Vec<(String, Bytes)>)>,
}

impl Copies {
    /// Makes a deployment whose files are those of another project's function.
    ///
    /// # Errors
    /// One of the two functions is another one by now, the files cannot be read, or Supabase refuses them.
    pub async fn deploy(
        &mut self,
        shared: &State,
        me: &SignedIn,
        request: Request,
        from: &FilesFrom,
    ) -> Result<(), ConsoleError> {
        unchanged(shared, me, &request, from.over).await?;
        let files = self.files(shared, me, from).await?;
        let (sender, passing) = stack::files();
        let mut call = Call::new(me.caller(Through::Console), request);
        call.files = Some(passing);
        let (_, answer) = futures::join!(pass_on(sender, files), shared.stack.send(call));
        answer.map(drop)
    }

    async fn files(
        &mut self,
        shared: &State,
        me: &SignedIn,
        from: &FilesFrom,
    ) -> Result<&[(String, Bytes)], ConsoleError> {
        let same =
            |read: &FilesFrom| (&read.project, &read.slug, read.version) == (&from.project, &from.slug, from.version);
        if !self.read.as_ref().is_some_and(|(read, _)| same(read)) {
            let (project, slug) = (from.project.clone(), from.slug.clone());
            let (running, files) = futures::join!(
                running(shared, me, project.clone(), slug.clone()),
                files(shared, me, project, slug)
            );
            let runs = running?.map(|function| function.version);
            let files = files?.filter(|_| runs == Some(from.version)).ok_or_else(|| {
                let message = format!(
                    "Version {} of {} does not run any more where its files come from. Nothing was sent: draw the plan up \
                     anew.",
                    from.version, from.slug
                );
                ConsoleError::invalid(None, message)
            })?;
            self.read = Some((from.clone(), files));
        }
        Ok(self
            .read
            .as_ref()
            .map(|(_, files)| files.as_slice())
            .unwrap_or_default())
    }
}

/// Why the call ended, its answer says.
async fn pass_on(mut sender: FileSender, files: &[(String, Bytes)]) -> Result<(), Ended> {
    for (path, content) in files {
        sender.file(path).await?;
        sender.content(content.clone()).await?;
        sender.close().await?;
    }
    sender.end().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_plan_does_not_allow_is_told_before_it_is_sent() {
        let limits = Limits {
            megabytes: Some(5.0),
            functions: Some(10.0),
        };
        assert_eq!(fits(limits, Some(9), Some(5 * 1024 * 1024)), Ok(()));
        assert_eq!(fits(limits, None, None), Ok(()));
        assert_eq!(fits(Limits::default(), Some(900), Some(u64::MAX)), Ok(()));
        let many = fits(limits, Some(10), None).unwrap_err().to_string();
        assert!(many.contains("has 10 functions"), "{many}");
        let large = fits(limits, None, Some(6 * 1024 * 1024)).unwrap_err().to_string();
        assert!(
            large.contains("hold 6.0 MB together, and the plan allows 5 MB"),
            "{large}"
        );
    }
}
