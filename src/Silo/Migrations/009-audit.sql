-- What auditors ask. A case is public: its act stands in the programme's record. No column takes prose.
CREATE TABLE ledger.audit_case (
    id        text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{22}$'),
    auditor   text NOT NULL CHECK (octet_length(auditor) BETWEEN 1 AND 2048),
    programme text NOT NULL REFERENCES ledger.programme,
    purpose   smallint NOT NULL CHECK (purpose BETWEEN 1 AND 4),
    opened    date NOT NULL,
    expires   date NOT NULL CHECK (expires >= opened)
);
CREATE INDEX audit_case_auditor ON ledger.audit_case (auditor, opened);
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON ledger.audit_case FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

-- Codes by which participants let auditors name them; gone with their subject.
CREATE TABLE ledger.audit_code (
    hash    bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    subject bigint NOT NULL REFERENCES ledger.enrolment ON DELETE CASCADE,
    expires date NOT NULL
);
CREATE INDEX audit_code_subject ON ledger.audit_code (subject);

-- Draws, fixed by the first checkpoint after they were asked for; who was drawn is gone with their subject.
CREATE TABLE ledger.audit_draw (
    id          text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{22}$'),
    case_id     text NOT NULL REFERENCES ledger.audit_case,
    count       integer NOT NULL CHECK (count > 0),
    asked_after bigint NOT NULL CHECK (asked_after >= 0),
    fixed_by    bigint CHECK (fixed_by > asked_after)
);
CREATE INDEX audit_draw_case ON ledger.audit_draw (case_id);
CREATE TABLE ledger.audit_pick (
    draw      text NOT NULL REFERENCES ledger.audit_draw,
    pick      integer NOT NULL CHECK (pick > 0),
    candidate bigint NOT NULL CHECK (candidate >= 0),
    partition smallint NOT NULL,
    position  bigint NOT NULL,
    subject   bigint NOT NULL REFERENCES ledger.enrolment ON DELETE CASCADE,
    PRIMARY KEY (draw, pick)
);
CREATE INDEX audit_pick_subject ON ledger.audit_pick (subject);
ALTER TABLE ledger.audit_code
    ALTER COLUMN hash SET STATISTICS 0, ALTER COLUMN subject SET STATISTICS 0, ALTER COLUMN expires SET STATISTICS 0;
ALTER TABLE ledger.audit_pick
    ALTER COLUMN subject SET STATISTICS 0, ALTER COLUMN position SET STATISTICS 0, ALTER COLUMN candidate SET STATISTICS 0;

-- From a service's reference to its question.
CREATE INDEX entry_reference ON ledger.entry (key) WHERE kind = 2;
