-- A participant's contests, each beside its ledger entries and gone with its subject. Words of closed lists only: grounds, a reason; no
-- column takes prose. Numbers are drawn one transaction after the other, so that none appears below one that was read.
CREATE TABLE ledger.contest (
    id        text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{22}$'),
    number    bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    subject   bigint NOT NULL REFERENCES ledger.enrolment ON DELETE CASCADE,
    turn      bigint NOT NULL CHECK (turn > 0),
    event_key uuid NOT NULL,
    source    text NOT NULL CHECK (octet_length(source) BETWEEN 1 AND 2048 AND source !~ '[[:space:]]'),
    programme text NOT NULL CHECK (programme ~ '^[a-z][a-z0-9-]{1,62}$'),
    grounds   text[] NOT NULL CHECK (cardinality(grounds) BETWEEN 1 AND 2 AND grounds <@ ARRAY[
        'not-mine', 'did-not-happen', 'wrong-value', 'wrong-day', 'counted-twice', 'outside-purpose']),
    opened    date NOT NULL,
    due       date NOT NULL CHECK (due BETWEEN opened + 1 AND opened + 45),
    upheld    boolean,
    reason    text CHECK (reason IN (
        'source-confirmed', 'event-correct', 'source-could-not-confirm', 'value-was-wrong', 'day-was-wrong', 'counted-twice',
        'not-the-subjects', 'outside-purpose', 'undecided-in-time')),
    decided   date,
    verdict   uuid,
    CONSTRAINT contest_once UNIQUE (subject, turn),
    CONSTRAINT contest_verdict CHECK (num_nulls(upheld, reason, decided, verdict) IN (0, 4)),
    CONSTRAINT contest_reason CHECK (upheld = (reason NOT IN ('source-confirmed', 'event-correct')))
);
CREATE INDEX contest_due ON ledger.contest (due, number) WHERE upheld IS NULL;
CREATE INDEX contest_source ON ledger.contest (source, number) WHERE upheld IS NULL;
