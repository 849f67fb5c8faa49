-- How often an address has asked for the sign-in, at all instances together: when its bucket is full again, in Unix
-- microseconds by this server's clock. An address is a digest that names nobody. Nothing is lost with it.
CREATE UNLOGGED TABLE sign_in_limits (
    address BYTEA PRIMARY KEY,
    full_at BIGINT NOT NULL
);
