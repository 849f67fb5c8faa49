-- Rows of an answer that wait a minute for the grid that shows them, which may ask another instance. Nothing is lost with them:
-- the first of them stand in the page.
CREATE UNLOGGED TABLE windows (
    id_hash    TEXT COLLATE "C" PRIMARY KEY,
    account    TEXT COLLATE "C" NOT NULL,
    sealed     BYTEA NOT NULL,
    expires_at BIGINT NOT NULL
);
-- What is sealed cannot be made smaller.
ALTER TABLE windows ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE INDEX windows_by_account ON windows (account, expires_at);
