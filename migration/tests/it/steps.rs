//! Going up and down.

use testkit::on_every_database;

use crate::schema::Schema;

on_every_database! {
    async fn down_leaves_nothing_and_up_again_gives_the_same(schema: Schema) {
        assert!(schema.objects().await.is_empty());
        migration::up(&schema.connection).await.unwrap();
        let first = schema.objects().await;
        assert!(!first.is_empty());
        migration::down(&schema.connection, None).await.unwrap();
        assert_eq!(schema.objects().await, Vec::<String>::new());
        migration::up(&schema.connection).await.unwrap();
        assert_eq!(schema.objects().await, first);
    }

    async fn up_twice_changes_nothing(schema: Schema) {
        migration::up(&schema.connection).await.unwrap();
        let (objects, categories) = (schema.objects().await, schema.count("categories").await);
        migration::up(&schema.connection).await.unwrap();
        assert_eq!(schema.objects().await, objects);
        assert_eq!(schema.count("categories").await, categories);
    }

    async fn each_step_can_be_taken_back_and_applied_again(schema: Schema) {
        migration::up(&schema.connection).await.unwrap();
        let all = schema.objects().await;
        let steps = u32::try_from(migration::status(&schema.connection).await.unwrap().len()).unwrap();
        for back in 1..=steps {
            migration::down(&schema.connection, Some(back)).await.unwrap();
            let status = migration::status(&schema.connection).await.unwrap();
            let pending = status.iter().filter(|step| !step.applied).count();
            assert_eq!(u32::try_from(pending).unwrap(), back);
            migration::up(&schema.connection).await.unwrap();
            assert_eq!(schema.objects().await, all);
        }
        assert_eq!(schema.count("categories").await, 6);
    }

    async fn an_interrupted_run_is_finished_by_the_next(schema: Schema) {
        migration::up(&schema.connection).await.unwrap();
        let objects = schema.objects().await;
        // The steps were carried out and not noted.
        schema.execute("DELETE FROM seaql_migrations").await.unwrap();
        migration::up(&schema.connection).await.unwrap();
        assert_eq!(schema.objects().await, objects);
        assert_eq!(schema.count("categories").await, 6);
    }

    async fn migrators_at_once_take_turns(schema: Schema) {
        let migrators: Vec<_> = (0..4).map(|_| {
            let url = schema.database.url().to_owned();
            tokio::spawn(async move {
                let connection = migration::connect(&url).await.unwrap();
                migration::up(&connection).await.unwrap();
            })
        }).collect();
        for migrator in migrators {
            migrator.await.unwrap();
        }
        assert!(migration::status(&schema.connection).await.unwrap().iter().all(|step| step.applied));
        assert_eq!(schema.count("categories").await, 6);
    }

    async fn status_changes_nothing(schema: Schema) {
        let status = migration::status(&schema.connection).await.unwrap();
        assert!(status.iter().all(|step| !step.applied));
        assert!(status.is_sorted_by(|a, b| a.name < b.name));
        assert!(schema.objects().await.is_empty());
    }
}

#[tokio::test]
async fn malformed_urls_are_refused_without_being_repeated() {
    for url in [
        "",
        "postgres://u:hunter2@h/d",
        "mysql://u:hunter2@h:99999/d",
    ] {
        let error = migration::connect(url).await.unwrap_err().to_string();
        assert!(
            error.contains("DATABASE_URL") && !error.contains("hunter2"),
            "{error}"
        );
    }
}
