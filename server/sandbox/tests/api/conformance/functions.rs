//! Functions.

use management_api::{Upload, functions::*};

use super::Check;

pub async fn walk(check: &Check) {
    let project = check.lab.reference("Mill & Store").to_owned();
    let seeded = check
        .call(ListFunctions {
            project: project.clone(),
        })
        .await;
    assert!(seeded.is_empty());

    let files = [
        Upload::new("index.ts", b"import './lib/greet.ts';"),
        Upload::new("lib/greet.ts", "export const greeting = 'Grüß Gott';".as_bytes()),
    ];
    let deploy = DeployFunction {
        project: project.clone(),
        slug: Some("greet".to_owned()),
        bundle_only: None,
        file: files.to_vec(),
        metadata: DeployMetadata {
            entrypoint_path: "index.ts".to_owned(),
            static_patterns: Some(vec!["assets/*".to_owned()]),
            verify_jwt: Some(false),
            name: Some("Greeter".to_owned()),
            ..DeployMetadata::default()
        },
    };
    let first = check.call(deploy.clone()).await;
    assert_eq!(
        (first.name.as_str(), first.version, first.verify_jwt),
        ("Greeter", 1, Some(false))
    );
    let get = |slug: &str| GetFunction {
        project: project.clone(),
        function_slug: slug.to_owned(),
    };
    assert_eq!(check.call(get("greet")).await, first);
    let source = |slug: &str| GetFunctionBody {
        project: project.clone(),
        function_slug: slug.to_owned(),
    };
    // The service tells names from the folder on into which it has put the files.
    let told = files.clone().map(|file| Upload {
        name: format!("source/{}", file.name),
        ..file
    });
    assert_eq!(check.call(source("greet")).await.files().unwrap(), told);

    let other = DeployFunction {
        slug: Some("other".to_owned()),
        ..deploy.clone()
    };
    check.call(other).await;

    // The next version is bundled first, and published by a bulk update.
    let bundled = check
        .call(DeployFunction {
            bundle_only: Some(true),
            file: vec![Upload::new("index.ts", b"second")],
            ..deploy
        })
        .await;
    assert_eq!(
        (bundled.version, bundled.created_at, bundled.id == first.id),
        (2, None, true)
    );
    assert_eq!(check.call(get("greet")).await, first);
    let update = FunctionUpdate {
        id: bundled.id.clone(),
        slug: bundled.slug.clone(),
        name: bundled.name.clone(),
        status: bundled.status.as_str().to_owned(),
        version: bundled.version,
        created_at: None,
        verify_jwt: Some(true),
        import_map: bundled.import_map,
        entrypoint_path: bundled.entrypoint_path.clone(),
        import_map_path: None,
        ezbr_sha256: bundled.ezbr_sha256.clone(),
    };
    let updated = check
        .call(BulkUpdateFunctions {
            project: project.clone(),
            functions: vec![update],
        })
        .await;
    let [second] = <[Function; 1]>::try_from(updated.functions).unwrap();
    assert_eq!((second.version, second.verify_jwt), (2, Some(true)));
    assert_eq!(second.ezbr_sha256, bundled.ezbr_sha256);
    assert_ne!(second.ezbr_sha256, first.ezbr_sha256);
    assert_eq!(
        check.call(source("greet")).await.files().unwrap(),
        [Upload::new("source/index.ts", b"second")]
    );

    older(check, &project).await;
    let rest = check
        .call(ListFunctions {
            project: project.clone(),
        })
        .await;
    assert_eq!(slugs(&rest), ["greet", "other"], "a bulk update keeps the others");
}

/// The operations that take a single text.
async fn older(check: &Check, project: &str) {
    let function = NewFunction {
        slug: "older".to_owned(),
        name: "Older".to_owned(),
        body: "first".to_owned(),
        verify_jwt: None,
    };
    let created = check
        .call(CreateFunction {
            project: project.to_owned(),
            function,
        })
        .await;
    assert_eq!((created.version, created.verify_jwt), (1, Some(true)));
    let changed = check
        .call(UpdateFunction {
            project: project.to_owned(),
            function_slug: "older".to_owned(),
            entrypoint_path: None,
            import_map_path: None,
            function: FunctionChange {
                body: Some("second".to_owned()),
                ..FunctionChange::default()
            },
        })
        .await;
    assert_eq!((changed.version, changed.name.as_str()), (2, "Older"));
    let source = check
        .call(GetFunctionBody {
            project: project.to_owned(),
            function_slug: "older".to_owned(),
        })
        .await;
    assert_eq!(source.files().unwrap(), [Upload::new("source/index.ts", b"second")]);
    check
        .call(DeleteFunction {
            project: project.to_owned(),
            function_slug: "older".to_owned(),
        })
        .await;
}

fn slugs(functions: &[Function]) -> Vec<&str> {
    functions.iter().map(|function| function.slug.as_str()).collect()
}
