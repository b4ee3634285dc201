//! A client of the API that holds its tokens like a browser: one for each signed-in person of a test.

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

/// Password of everybody who signs up here.
pub const PASSWORD: &str = "a long enough passphrase";

/// Somebody who calls the API.
#[derive(Clone, Debug)]
pub struct Caller {
    base: String,
    client: Client,
    /// Sent as bearer token, if there is one.
    pub access_token: Option<String>,
    /// The refresh cookie as `name=value`, if there is one.
    pub cookie: Option<String>,
    /// The cookie that tells this device from others as `name=value`, if there is one.
    pub device: Option<String>,
    /// Id of the account, once signed in; else 0.
    pub user_id: i64,
    /// Address of the account, once signed in.
    pub email: String,
}

/// An answer, read whole.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status code.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// The body; null if it is empty or no JSON.
    pub json: Value,
    /// The body as it came.
    pub text: String,
}

impl Answer {
    /// The `code` of a problem.
    #[must_use]
    pub fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or("")
    }

    /// The cookies that it sets, each as its header says.
    pub fn cookies(&self) -> impl Iterator<Item = &str> {
        let cookies = self.headers.get_all(SET_COOKIE).into_iter();
        cookies.filter_map(|cookie| cookie.to_str().ok())
    }

    /// The header that sets the cookie of this name, or an empty text.
    #[must_use]
    pub fn cookie(&self, name: &str) -> &str {
        let begin = format!("{name}=");
        self.cookies()
            .find(|cookie| cookie.starts_with(&begin))
            .unwrap_or_default()
    }

    /// Whole seconds of Retry-After, if it says.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        let header = self.headers.get("retry-after")?;
        header.to_str().ok()?.parse().ok()
    }

    /// The fields of a problem that are wrong, with their codes.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        let errors = self.json["errors"].as_array().cloned().unwrap_or_default();
        errors
            .iter()
            .map(|error| (text(&error["field"]), text(&error["code"])))
            .collect()
    }

    /// The body, if the status is this one.
    ///
    /// # Panics
    /// If it is another.
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.json
    }

    /// That it is a problem of this status and code.
    ///
    /// # Panics
    /// If it is not.
    pub fn refused(&self, status: u16, code: &str) {
        assert_eq!(
            (self.status.as_u16(), self.code()),
            (status, code),
            "{}",
            self.text
        );
        let kind = self
            .headers
            .get("content-type")
            .map(|value| value.as_bytes());
        assert_eq!(kind, Some(b"application/problem+json".as_slice()));
    }
}

impl Caller {
    /// Somebody who is not signed in, at a server such as `http://127.0.0.1:8080`.
    #[must_use]
    pub fn new(base: &str) -> Caller {
        Caller {
            base: base.to_owned(),
            client: Client::new(),
            access_token: None,
            cookie: None,
            device: None,
            user_id: 0,
            email: String::new(),
        }
    }

    /// Registers a customer of this name under an address of their own.
    pub async fn register(base: &str, name: &str) -> Caller {
        let mut caller = Caller::new(base);
        let email = format!("{}@example.org", Uuid::new_v4().simple());
        let body = json!({"email": email, "name": name, "password": PASSWORD});
        let answer = caller.post("/auth/register", body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        caller.keep(&answer);
        caller
    }

    /// Signs in.
    pub async fn log_in(base: &str, email: &str) -> Caller {
        let mut caller = Caller::new(base);
        let body = json!({"email": email, "password": PASSWORD});
        let answer = caller.post("/auth/login", body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        caller.keep(&answer);
        caller
    }

    /// Keeps the tokens of an answer, as a browser does.
    pub fn keep(&mut self, answer: &Answer) {
        if let Some(token) = answer.json["access_token"].as_str() {
            self.access_token = Some(token.to_owned());
        }
        if let Some(user) = answer.json["user"].as_object() {
            self.user_id = user["id"].as_i64().unwrap_or_default();
            self.email = user["email"].as_str().unwrap_or_default().to_owned();
        }
        for cookie in answer.cookies() {
            let pair = cookie.split(';').next().unwrap_or_default();
            let name = pair.split('=').next().unwrap_or_default();
            let kept = if name.ends_with("-device") {
                &mut self.device
            } else {
                &mut self.cookie
            };
            *kept = Some(pair.to_owned());
        }
    }

    /// GET of a path under `/api/v1`.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// POST of JSON to a path under `/api/v1`.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path).json(&body))
            .await
    }

    /// PUT of JSON to a path under `/api/v1`.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::PUT, path).json(&body)).await
    }

    /// PATCH of JSON to a path under `/api/v1`.
    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::PATCH, path).json(&body))
            .await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// Signs in on this device with a password.
    pub async fn try_log_in(&self, email: &str, password: &str) -> Answer {
        let body = json!({"email": email, "password": password});
        self.post("/auth/login", body).await
    }

    /// POST without a body.
    pub async fn post_empty(&self, path: &str) -> Answer {
        self.send(self.request(Method::POST, path)).await
    }

    /// A request with the tokens, to be changed and sent. A path that does not begin with a slash is a whole
    /// one, as in `livez`.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with('/') {
            format!("{}/api/v1{path}", self.base)
        } else {
            format!("{}/{path}", self.base)
        };
        let mut request = self.client.request(method, url);
        if let Some(token) = &self.access_token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let cookies: Vec<&str> = [&self.cookie, &self.device]
            .into_iter()
            .filter_map(Option::as_deref)
            .collect();
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        request
    }

    /// Sends a request and reads the answer.
    ///
    /// # Panics
    /// If there is no answer.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let answered = async {
            let response = request.send().await?;
            let (status, headers) = (response.status(), response.headers().clone());
            Ok::<_, reqwest::Error>((status, headers, response.text().await?))
        };
        match answered.await {
            Ok((status, headers, text)) => Answer {
                status,
                headers,
                json: serde_json::from_str(&text).unwrap_or_default(),
                text,
            },
            Err(error) => panic!("no answer: {error}"),
        }
    }

    /// Opens a ticket and gives its number.
    pub async fn open_ticket(&self, title: &str) -> i64 {
        let body = json!({
            "client_id": Uuid::new_v4(), "title": title, "description": format!("About: {title}"),
        });
        let ticket = self.post("/tickets", body).await.expect(201);
        ticket["id"].as_i64().unwrap_or_default()
    }

    /// Writes a message into a ticket and gives the entry.
    pub async fn say(&self, ticket: i64, body: &str) -> Value {
        let body = json!({"client_id": Uuid::new_v4(), "body": body});
        self.post(&format!("/tickets/{ticket}/messages"), body)
            .await
            .expect(201)
    }

    /// Asks for a status.
    pub async fn set_status(&self, ticket: i64, status: &str) -> Answer {
        let body = json!({"client_id": Uuid::new_v4(), "status": status});
        self.put(&format!("/tickets/{ticket}/status"), body).await
    }

    /// The whole timeline of a short ticket, read afresh.
    pub async fn timeline(&self, ticket: i64) -> Vec<Value> {
        let path = format!("/tickets/{ticket}/timeline?after=0&limit=100");
        let page = self.get(&path).await.expect(200);
        page["items"].as_array().cloned().unwrap_or_default()
    }
}
