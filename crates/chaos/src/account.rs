//! Somebody with an account, who stays signed in like a browser: refreshes, and signs in again where that is due.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Result, bail};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::http::PASSWORD;
use tokio::time::{Instant, sleep};
use uuid::Uuid;

use crate::api::{Answer, Api, Lost, Tokens};

/// What must succeed in the end has succeeded within this time.
const PATIENCE: Duration = Duration::from_secs(60);

/// An account and its present session.
pub(crate) struct Account {
    pub(crate) api: Arc<Api>,
    pub(crate) id: i64,
    pub(crate) email: String,
    pub(crate) is_admin: bool,
    tokens: Mutex<Tokens>,
    /// Held by whoever renews the tokens, so that others of this person wait.
    renewing: tokio::sync::Mutex<()>,
}

impl Account {
    /// Signs up a customer.
    pub(crate) async fn register(api: &Arc<Api>, name: &str) -> Result<Arc<Account>> {
        let email = format!("{}@example.org", Uuid::new_v4().simple());
        let body = json!({"email": email, "name": name, "password": PASSWORD});
        let answer = persistently(api, "/auth/register", &body).await?;
        if answer.status == 409 {
            // The answer to an earlier attempt was lost.
            return Account::log_in(api, &email, false).await;
        }
        Account::of(api, &email, false, &answer)
    }

    /// Signs in.
    pub(crate) async fn log_in(
        api: &Arc<Api>,
        email: &str,
        is_admin: bool,
    ) -> Result<Arc<Account>> {
        let body = json!({"email": email, "password": PASSWORD});
        let answer = persistently(api, "/auth/login", &body).await?;
        Account::of(api, email, is_admin, &answer)
    }

    fn of(api: &Arc<Api>, email: &str, is_admin: bool, answer: &Answer) -> Result<Arc<Account>> {
        let (Some(id), Some(tokens)) = (answer.json["user"]["id"].as_i64(), tokens_in(answer))
        else {
            bail!("signing in answered {}", answer.summary());
        };
        Ok(Arc::new(Account {
            api: Arc::clone(api),
            id,
            email: email.to_owned(),
            is_admin,
            tokens: Mutex::new(tokens),
            renewing: tokio::sync::Mutex::default(),
        }))
    }

    /// What it shows now.
    pub(crate) fn tokens(&self) -> Tokens {
        let tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.clone()
    }

    /// Sends a request to a node. Tokens that have run out are renewed; the request is then to be sent again.
    pub(crate) async fn call_at(
        &self,
        node: &str,
        request: (Method, &str, &Value),
    ) -> Result<Answer, Lost> {
        let tokens = self.tokens();
        let answer = self.api.send(node, &tokens, request).await?;
        if answer.status != 401 {
            return Ok(answer);
        }
        let code = answer.code().to_owned();
        if code == "token_expired" {
            self.refresh(&tokens).await?;
        } else {
            self.signed_out(&tokens).await?;
        }
        Err(Lost(code))
    }

    /// Sends a request to any node, again and again until it is answered.
    pub(crate) async fn call(&self, method: Method, path: &str, body: &Value) -> Result<Answer> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let node = self.api.any_node();
            match self.call_at(node, (method.clone(), path, body)).await {
                Ok(answer) => return Ok(answer),
                Err(Lost(why)) if Instant::now() > deadline => bail!("{method} {path}: {why}"),
                Err(_) => breathe().await,
            }
        }
    }

    /// GET of what must be there.
    pub(crate) async fn get(&self, path: &str) -> Result<Value> {
        let answer = self.call(Method::GET, path, &Value::Null).await?;
        if answer.status != 200 {
            bail!("GET {path} answered {}", answer.summary());
        }
        Ok(answer.json)
    }

    /// Gets a fresh access token, unless another task has got one since.
    pub(crate) async fn refresh(&self, seen: &Tokens) -> Result<(), Lost> {
        let _renewing = self.renewing.lock().await;
        let tokens = self.tokens();
        if tokens != *seen {
            return Ok(());
        }
        let shown = Tokens {
            access: String::new(),
            ..tokens
        };
        let request = (Method::POST, "/auth/refresh", &Value::Null);
        let answer = self.api.send(self.api.any_node(), &shown, request).await?;
        match tokens_in(&answer) {
            Some(tokens) => self.keep(tokens),
            None if self.api.expects_sign_out() => return self.log_in_again().await,
            None => {
                let summary = answer.summary();
                self.api
                    .violations
                    .add(format!("a refresh of a living session answered {summary}"));
                return self.log_in_again().await;
            }
        }
        Ok(())
    }

    /// Waits until no renewal of the tokens is under way.
    pub(crate) async fn settled(&self) {
        drop(self.renewing.lock().await);
    }

    /// Signs in again after a 401, which is a violation unless sessions were lost on purpose.
    pub(crate) async fn signed_out(&self, seen: &Tokens) -> Result<(), Lost> {
        let _renewing = self.renewing.lock().await;
        if self.tokens() != *seen {
            return Ok(());
        }
        let expected = self.api.expects_sign_out();
        self.api.violations.check(expected, || {
            "somebody was signed out whose session nobody ended".to_owned()
        });
        self.log_in_again().await
    }

    async fn log_in_again(&self) -> Result<(), Lost> {
        let body = json!({"email": self.email, "password": PASSWORD});
        let request = (Method::POST, "/auth/login", &body);
        let node = self.api.any_node();
        let answer = self.api.send(node, &Tokens::default(), request).await?;
        let tokens = tokens_in(&answer).ok_or_else(|| Lost(answer.summary()))?;
        self.keep(tokens);
        Ok(())
    }

    fn keep(&self, tokens: Tokens) {
        *self.tokens.lock().unwrap_or_else(PoisonError::into_inner) = tokens;
    }
}

/// A short pause before another attempt, of a random length.
pub(crate) async fn breathe() {
    sleep(Duration::from_millis(rand::random_range(40..250))).await;
}

async fn persistently(api: &Api, path: &str, body: &Value) -> Result<Answer> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let request = (Method::POST, path, body);
        match api.send(api.any_node(), &Tokens::default(), request).await {
            Ok(answer) => return Ok(answer),
            Err(Lost(why)) if Instant::now() > deadline => bail!("{path}: {why}"),
            Err(_) => breathe().await,
        }
    }
}

fn tokens_in(answer: &Answer) -> Option<Tokens> {
    let access = answer.json["access_token"].as_str()?.to_owned();
    let is_device = |cookie: &str| {
        let name = cookie.split('=').next().unwrap_or_default();
        name.ends_with("-device")
    };
    let cookie = answer.cookies.iter().find(|cookie| !is_device(cookie))?;
    Some(Tokens {
        access,
        cookie: cookie.clone(),
    })
}
