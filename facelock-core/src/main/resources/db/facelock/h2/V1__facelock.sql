-- FaceLock, schema version 1, H2.
-- Times are microseconds since 1970-01-01T00:00:00Z; the largest number stands for "never".
-- Texts that people choose are compared exactly: no case, no accents, no padding are folded.

CREATE TABLE IF NOT EXISTS facelock_subject (
  id VARCHAR(128) NOT NULL,
  roles VARCHAR(64) NOT NULL,
  suspended BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE IF NOT EXISTS facelock_credential (
  subject VARCHAR(128) NOT NULL,
  id VARCHAR(64) NOT NULL,
  factor VARCHAR(32) NOT NULL,
  factor_kind VARCHAR(16) NOT NULL,
  factor_amr VARCHAR(16) NOT NULL,
  created_at BIGINT NOT NULL,
  attributes VARBINARY(131072) NOT NULL,
  secret_data VARBINARY(1048576) NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (subject, id)
);

CREATE INDEX IF NOT EXISTS facelock_credential_factor ON facelock_credential (factor, subject, id);

-- The number of the last change of each subject's biometric references: what the nodes follow.
CREATE TABLE IF NOT EXISTS facelock_credential_change (
  subject VARCHAR(128) NOT NULL,
  number BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (subject)
);

CREATE UNIQUE INDEX IF NOT EXISTS facelock_credential_change_number ON facelock_credential_change (number);

-- Numbers that are handed out one after the other: the row stays locked until the change that took
-- the number is committed, so no reader sees a higher number before a lower one.
CREATE TABLE IF NOT EXISTS facelock_counter (
  name VARCHAR(32) NOT NULL,
  number BIGINT NOT NULL,
  PRIMARY KEY (name)
);

INSERT INTO facelock_counter (name, number)
  SELECT 'credential-change', 0
  WHERE NOT EXISTS (SELECT 1 FROM facelock_counter WHERE name = 'credential-change');
INSERT INTO facelock_counter (name, number)
  SELECT 'watch-list', 0
  WHERE NOT EXISTS (SELECT 1 FROM facelock_counter WHERE name = 'watch-list');

CREATE TABLE IF NOT EXISTS facelock_transaction (
  id VARCHAR(64) NOT NULL,
  state VARBINARY(131072) NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX IF NOT EXISTS facelock_transaction_expires ON facelock_transaction (expires_at);

CREATE TABLE IF NOT EXISTS facelock_attempt (
  id VARCHAR(200) NOT NULL,
  consecutive INT NOT NULL,
  blocked_until BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX IF NOT EXISTS facelock_attempt_last ON facelock_attempt (last_at);

CREATE TABLE IF NOT EXISTS facelock_audit (
  number BIGINT NOT NULL,
  format INT NOT NULL,
  happened_at BIGINT NOT NULL,
  type VARCHAR(32) NOT NULL,
  transaction_id VARCHAR(128) NOT NULL,
  subject VARCHAR(128),
  factor VARCHAR(32),
  factor_kind VARCHAR(16),
  factor_amr VARCHAR(16),
  source VARCHAR(128) NOT NULL,
  details VARBINARY(1048576) NOT NULL,
  key_id VARCHAR(32) NOT NULL,
  link VARCHAR(64) NOT NULL,
  PRIMARY KEY (number)
);

CREATE INDEX IF NOT EXISTS facelock_audit_subject ON facelock_audit (subject, number);
CREATE INDEX IF NOT EXISTS facelock_audit_at ON facelock_audit (happened_at, number);
CREATE INDEX IF NOT EXISTS facelock_audit_transaction ON facelock_audit (transaction_id, number);

-- Where the audit trail begins and ends. A number of -1: there is no such mark yet.
CREATE TABLE IF NOT EXISTS facelock_audit_mark (
  name VARCHAR(16) NOT NULL,
  number BIGINT NOT NULL,
  link VARCHAR(64) NOT NULL,
  key_id VARCHAR(32) NOT NULL,
  seal VARCHAR(64) NOT NULL,
  PRIMARY KEY (name)
);

INSERT INTO facelock_audit_mark (name, number, link, key_id, seal)
  SELECT 'anchor', -1, '', '', ''
  WHERE NOT EXISTS (SELECT 1 FROM facelock_audit_mark WHERE name = 'anchor');
INSERT INTO facelock_audit_mark (name, number, link, key_id, seal)
  SELECT 'head', -1, '', '', ''
  WHERE NOT EXISTS (SELECT 1 FROM facelock_audit_mark WHERE name = 'head');

CREATE TABLE IF NOT EXISTS facelock_outbox (
  id VARCHAR(64) NOT NULL,
  state VARCHAR(16) NOT NULL,
  created_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  contents VARBINARY(131072) NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX IF NOT EXISTS facelock_outbox_due ON facelock_outbox (state, due_at);
CREATE INDEX IF NOT EXISTS facelock_outbox_created ON facelock_outbox (created_at);

CREATE TABLE IF NOT EXISTS facelock_snapshot (
  id VARCHAR(64) NOT NULL,
  sealed VARBINARY(1048576) NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX IF NOT EXISTS facelock_snapshot_expires ON facelock_snapshot (expires_at);

CREATE TABLE IF NOT EXISTS facelock_watch_list (
  id VARCHAR(64) NOT NULL,
  subject VARCHAR(128),
  model VARCHAR(128),
  templates VARBINARY(1048576) NOT NULL,
  reason VARCHAR(256) NOT NULL,
  added_by VARCHAR(256) NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  version BIGINT NOT NULL,
  PRIMARY KEY (id)
);

-- What JdbcStores reads to know which schema it has before it.
CREATE TABLE IF NOT EXISTS facelock_schema (
  version INT NOT NULL,
  PRIMARY KEY (version)
);

INSERT INTO facelock_schema (version)
  SELECT 1
  WHERE NOT EXISTS (SELECT 1 FROM facelock_schema WHERE version = 1);
