-- FaceLock, schema version 1, MySQL.
-- Times are microseconds since 1970-01-01T00:00:00Z; the largest number stands for "never".
-- Texts that people choose are compared exactly: no case, no accents, no padding are folded.

CREATE TABLE IF NOT EXISTS facelock_subject (
  id VARCHAR(128) NOT NULL,
  roles VARCHAR(64) NOT NULL,
  suspended BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

CREATE TABLE IF NOT EXISTS facelock_credential (
  subject VARCHAR(128) NOT NULL,
  id VARCHAR(64) NOT NULL,
  factor VARCHAR(32) NOT NULL,
  factor_kind VARCHAR(16) NOT NULL,
  factor_amr VARCHAR(16) NOT NULL,
  created_at BIGINT NOT NULL,
  attributes MEDIUMBLOB NOT NULL,
  secret_data MEDIUMBLOB NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (subject, id),
  INDEX facelock_credential_factor (factor, subject, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- The number of the last change of each subject's biometric references: what the nodes follow.
CREATE TABLE IF NOT EXISTS facelock_credential_change (
  subject VARCHAR(128) NOT NULL,
  number BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (subject),
  UNIQUE INDEX facelock_credential_change_number (number)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- Numbers that are handed out one after the other: the row stays locked until the change that took
-- the number is committed, so no reader sees a higher number before a lower one.
CREATE TABLE IF NOT EXISTS facelock_counter (
  name VARCHAR(32) NOT NULL,
  number BIGINT NOT NULL,
  PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

INSERT IGNORE INTO facelock_counter (name, number) VALUES ('credential-change', 0);
INSERT IGNORE INTO facelock_counter (name, number) VALUES ('watch-list', 0);

CREATE TABLE IF NOT EXISTS facelock_transaction (
  id VARCHAR(64) NOT NULL,
  state MEDIUMBLOB NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (id),
  INDEX facelock_transaction_expires (expires_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

CREATE TABLE IF NOT EXISTS facelock_attempt (
  id VARCHAR(200) NOT NULL,
  consecutive INT NOT NULL,
  blocked_until BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (id),
  INDEX facelock_attempt_last (last_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

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
  details MEDIUMBLOB NOT NULL,
  key_id VARCHAR(32) NOT NULL,
  link VARCHAR(64) NOT NULL,
  PRIMARY KEY (number),
  INDEX facelock_audit_subject (subject, number),
  INDEX facelock_audit_at (happened_at, number),
  INDEX facelock_audit_transaction (transaction_id, number)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- Where the audit trail begins and ends. A number of -1: there is no such mark yet.
CREATE TABLE IF NOT EXISTS facelock_audit_mark (
  name VARCHAR(16) NOT NULL,
  number BIGINT NOT NULL,
  link VARCHAR(64) NOT NULL,
  key_id VARCHAR(32) NOT NULL,
  seal VARCHAR(64) NOT NULL,
  PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

INSERT IGNORE INTO facelock_audit_mark (name, number, link, key_id, seal) VALUES ('anchor', -1, '', '', '');
INSERT IGNORE INTO facelock_audit_mark (name, number, link, key_id, seal) VALUES ('head', -1, '', '', '');

CREATE TABLE IF NOT EXISTS facelock_outbox (
  id VARCHAR(64) NOT NULL,
  state VARCHAR(16) NOT NULL,
  created_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  contents MEDIUMBLOB NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (id),
  INDEX facelock_outbox_due (state, due_at),
  INDEX facelock_outbox_created (created_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

CREATE TABLE IF NOT EXISTS facelock_snapshot (
  id VARCHAR(64) NOT NULL,
  sealed MEDIUMBLOB NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (id),
  INDEX facelock_snapshot_expires (expires_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

CREATE TABLE IF NOT EXISTS facelock_watch_list (
  id VARCHAR(64) NOT NULL,
  subject VARCHAR(128),
  model VARCHAR(128),
  templates MEDIUMBLOB NOT NULL,
  reason VARCHAR(256) NOT NULL,
  added_by VARCHAR(256) NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  version BIGINT NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- What JdbcStores reads to know which schema it has before it.
CREATE TABLE IF NOT EXISTS facelock_schema (
  version INT NOT NULL,
  PRIMARY KEY (version)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

INSERT IGNORE INTO facelock_schema (version) VALUES (1);
