-- Each account keeps its newest notices only.
CREATE INDEX notices_by_account ON notices (account, expires_at);
