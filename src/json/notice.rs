//! The message that a certificate expires, as JSON.

use crate::notice;
use serde::Serialize;

/// The message that a certificate expires: `{"subject":s,"text":s,"html":s}`.
#[derive(Clone, Debug, Serialize)]
pub struct Notice {
    subject: String,
    text: String,
    html: String,
}

impl From<notice::Notice> for Notice {
    fn from(notice: notice::Notice) -> Self {
        let notice::Notice { subject, text, html } = notice;
        Self { subject, text, html }
    }
}
