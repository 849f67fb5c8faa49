//! Logs: one question, and the rows that answer it.

use management_api::analytics::{AnalyticsRows, QueryLogs};
use serde_json::Value;

use crate::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
};

/// Asks the logs of the time from `begin` up to `end`, both RFC 3339.
///
/// # Errors
/// Whatever Supabase refuses, and what is wrong with the question: that comes with status 200, too.
pub async fn ask(
    backend: &BackendHandle,
    project: String,
    sql: String,
    (begin, end): (String, String),
) -> Result<Vec<Value>, ConsoleError> {
    let query = QueryLogs {
        project,
        sql: Some(sql),
        iso_timestamp_start: Some(begin),
        iso_timestamp_end: Some(end),
    };
    rows(narrow(backend, &query).await?)
}

/// The newest `most` rows of a question whose answer begins with the newest, slice after slice until there are as many.
///
/// # Errors
/// Like [`ask`]'s, of whichever slice.
pub async fn ask_slices(
    backend: &BackendHandle,
    project: &str,
    sql: &str,
    slices: Vec<(String, String)>,
    most: usize,
) -> Result<Vec<Value>, ConsoleError> {
    let mut rows = Vec::new();
    for slice in slices {
        rows.extend(ask(backend, project.to_owned(), sql.to_owned(), slice).await?);
        if rows.len() >= most {
            break;
        }
    }
    rows.truncate(most);
    Ok(rows)
}

/// The rows, or what is wrong with the question.
///
/// # Errors
/// The service's own words, although its status was 200.
pub fn rows(answer: AnalyticsRows) -> Result<Vec<Value>, ConsoleError> {
    match (answer.result, answer.error) {
        (_, Some(error)) => Err(ConsoleError::Refused {
            status: 200,
            message: error.message(),
        }),
        (rows, None) => Ok(rows.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_question_that_is_wrong_is_an_error_although_it_came_with_200() {
        let answer: AnalyticsRows =
            serde_json::from_value(json!({ "result": null, "error": "Backend error!" })).unwrap();
        assert_eq!(rows(answer).unwrap_err().to_string(), "Backend error!");
        assert!(rows(AnalyticsRows::default()).unwrap().is_empty());
    }
}
