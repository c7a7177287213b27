-- Entries that no fold could value, as folds have met them. A row is a note, not a part of the ledger: a replay makes it again or drops it.
-- It goes with the enrolment, and by its day with the entry. Number orders the notes for replays.
CREATE TABLE ledger.set_aside (
    subject      bigint NOT NULL REFERENCES ledger.enrolment ON DELETE CASCADE,
    turn         bigint NOT NULL CHECK (turn > 0),
    number       bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    programme    text NOT NULL REFERENCES ledger.programme,
    kind         smallint NOT NULL CHECK (kind BETWEEN 0 AND 255),
    day          date NOT NULL,
    event_type   text CHECK (event_type ~ '^[A-Za-z0-9.-]{1,100}$'),
    rule_set     integer NOT NULL CHECK (rule_set > 0),
    fault        text NOT NULL CHECK (fault ~ '^[a-z-]{1,64}$'),
    rules_hash   text NOT NULL CHECK (rules_hash ~ '^[0-9a-f]{64}$'),
    fold_version integer NOT NULL,
    PRIMARY KEY (subject, turn)
);
CREATE INDEX set_aside_number ON ledger.set_aside (programme, number);
ALTER TABLE ledger.set_aside
    ALTER COLUMN subject SET STATISTICS 0, ALTER COLUMN turn SET STATISTICS 0, ALTER COLUMN number SET STATISTICS 0,
    ALTER COLUMN day SET STATISTICS 0, ALTER COLUMN event_type SET STATISTICS 0;

-- The programmes whose notes up to a number are to be replayed. Nothing in it is about a person.
CREATE TABLE ledger.set_aside_replay (
    programme text PRIMARY KEY REFERENCES ledger.programme,
    upto      bigint NOT NULL
);
