-- The ledger and everything stored about a person. No column here can hold a person's name, place or prose: codes are checked,
-- documents belong to programmes, bodies hold registered attributes only.
CREATE SCHEMA ledger;

-- What must stay as it was when the ledger was made: partition count, fingerprints of keys, the incarnation counter.
CREATE TABLE ledger.platform (
    key   text PRIMARY KEY CHECK (key ~ '^[a-z0-9.-]{1,64}$'),
    value text NOT NULL CHECK (octet_length(value) <= 200)
);

-- The last position of each partition, and the lock of every writer. Room on the page keeps its many updates in place.
CREATE TABLE ledger.head (
    partition smallint PRIMARY KEY CHECK (partition >= 0),
    position  bigint NOT NULL DEFAULT 0 CHECK (position >= 0)
) WITH (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- A row whose subject left keeps its place and its leaf only. A tombstone has a body and no subject.
CREATE TABLE ledger.entry (
    subject   bigint,
    position  bigint NOT NULL,
    turn      bigint,
    key       uuid,
    day       date,
    partition smallint NOT NULL,
    kind      smallint NOT NULL CHECK (kind BETWEEN 0 AND 255),
    leaf      bytea NOT NULL,
    body      bytea,
    CONSTRAINT entry_pkey PRIMARY KEY (partition, position),
    CONSTRAINT entry_turn UNIQUE (subject, turn),
    CONSTRAINT entry_key UNIQUE (subject, key)
);
ALTER TABLE ledger.entry ALTER COLUMN leaf SET STORAGE PLAIN, ALTER COLUMN body SET STORAGE MAIN;

CREATE TABLE ledger.programme (
    id        text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]{1,62}$'),
    suspended boolean NOT NULL DEFAULT false,
    document  bytea NOT NULL
);

CREATE INDEX programme_suspended ON ledger.programme (id) WHERE suspended;

CREATE TABLE ledger.rule_set (
    programme text NOT NULL REFERENCES ledger.programme,
    number    integer NOT NULL CHECK (number > 0),
    hash      text NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
    first_day date NOT NULL,
    document  bytea NOT NULL,
    PRIMARY KEY (programme, number),
    UNIQUE (programme, first_day)
);

CREATE TABLE ledger.event_type (
    name     text PRIMARY KEY CHECK (name ~ '^[a-z]+\.[A-Za-z0-9-]{1,63}$'),
    document bytea NOT NULL
);

CREATE TABLE ledger.source (
    id       text PRIMARY KEY CHECK (octet_length(id) BETWEEN 1 AND 2048),
    document bytea NOT NULL
);

CREATE TABLE ledger.service (
    id       text PRIMARY KEY CHECK (id ~ '^[a-z0-9-]{2,63}$'),
    document bytea NOT NULL
);

-- What is published stays as published: a rule set and an event type are never changed, a programme only suspended.
CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'published documents are immutable' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON ledger.rule_set FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON ledger.event_type FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE ON ledger.programme FOR EACH ROW
    WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.document IS DISTINCT FROM NEW.document) EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER permanent BEFORE DELETE ON ledger.programme FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

-- One subject in one programme. ledger_key makes its leaves' nonces: without it they say nothing.
CREATE TABLE ledger.enrolment (
    subject    bigint PRIMARY KEY,
    partition  smallint NOT NULL REFERENCES ledger.head,
    kind       smallint NOT NULL CHECK (kind BETWEEN 1 AND 3),
    restricted boolean NOT NULL DEFAULT false,
    since      date NOT NULL,
    programme  text NOT NULL REFERENCES ledger.programme,
    rule_set   text NOT NULL CHECK (rule_set ~ '^[0-9a-f]{64}$'),
    ledger_key bytea NOT NULL CHECK (octet_length(ledger_key) = 32),
    CONSTRAINT enrolment_facts UNIQUE (subject, partition, restricted, programme, ledger_key)
);
ALTER TABLE ledger.enrolment ALTER COLUMN ledger_key SET STORAGE PLAIN;

CREATE TABLE ledger.locator (
    hash    bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    subject bigint NOT NULL UNIQUE REFERENCES ledger.enrolment ON DELETE CASCADE
);

-- What an append must know of a subject stands here too, so that it is one look-up; the foreign key keeps both equal.
CREATE TABLE ledger.handle (
    hash       bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    subject    bigint NOT NULL,
    started_at timestamptz NOT NULL,
    proved_at  timestamptz NOT NULL,
    partition  smallint NOT NULL,
    restricted boolean NOT NULL,
    programme  text NOT NULL,
    ledger_key bytea NOT NULL,
    id         text NOT NULL UNIQUE CHECK (id ~ '^[A-Za-z0-9_-]{1,64}$'),
    source     text NOT NULL CHECK (octet_length(source) BETWEEN 1 AND 2048),
    CONSTRAINT handle_facts FOREIGN KEY (subject, partition, restricted, programme, ledger_key)
        REFERENCES ledger.enrolment (subject, partition, restricted, programme, ledger_key) ON UPDATE CASCADE ON DELETE CASCADE
);
ALTER TABLE ledger.handle ALTER COLUMN ledger_key SET STORAGE PLAIN;
CREATE INDEX handle_subject ON ledger.handle (subject);

-- Each event looks its handle up twice; a third of the time of the primary key's tree.
CREATE INDEX handle_lookup ON ledger.handle USING hash (hash);

CREATE TABLE ledger.grant_ (
    hash    bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    subject bigint NOT NULL REFERENCES ledger.enrolment ON DELETE CASCADE,
    since   timestamptz NOT NULL,
    until   timestamptz,
    id      text NOT NULL UNIQUE CHECK (id ~ '^[A-Za-z0-9_-]{1,64}$'),
    service text NOT NULL CHECK (service ~ '^[a-z0-9-]{2,63}$')
);
CREATE INDEX grant_subject ON ledger.grant_ (subject);

CREATE TABLE ledger.snapshot (
    subject        bigint PRIMARY KEY REFERENCES ledger.enrolment ON DELETE CASCADE,
    turn           bigint NOT NULL,
    fold_version   integer NOT NULL,
    rule_book_hash text NOT NULL CHECK (rule_book_hash ~ '^[0-9a-f]{0,64}$'),
    state          bytea NOT NULL
);

-- A withdrawal that is not over: while subject is set its rows are being cleared, then until the dead tuples are vacuumed away.
-- Named by the place of its tombstone.
CREATE TABLE ledger.erasure (
    partition smallint NOT NULL,
    position  bigint NOT NULL,
    subject   bigint UNIQUE,
    entries   bigint NOT NULL,
    PRIMARY KEY (partition, position)
);
