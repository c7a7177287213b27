-- Programmes as administrators lead them: versions, acts, ends, how registrations stand, and consent by version. Only adds, so that
-- silos of before run on beside it while a cluster is upgraded: ledger.programme.document stays what it was, the first version's terms.

-- A version is a row of rule_set. Rows of before get their programme's terms. Nobody had assessed them, and that is what they say: the
-- day until which it holds has passed, so the platform suspends their programmes until a version is published or two administrators
-- resume them knowingly.
ALTER TABLE ledger.rule_set ADD COLUMN terms bytea, ADD COLUMN assessment bytea;
ALTER TABLE ledger.rule_set DISABLE TRIGGER immutable;
UPDATE ledger.rule_set r SET
    terms = p.document,
    assessment = convert_to(
        '{"affectedGroups":["Everyone enrolled"],"reviewBy":"' || to_char(current_date - 1, 'YYYY-MM-DD') || '","risks":[{"mitigation":'
        || '"The programme is suspended until a version with an assessment is published or two administrators resume it.",'
        || '"risk":"No impact assessment was published with this version."}]}', 'UTF8')
FROM ledger.programme p WHERE p.id = r.programme;
ALTER TABLE ledger.rule_set ENABLE TRIGGER immutable;
ALTER TABLE ledger.rule_set ALTER COLUMN terms SET NOT NULL, ALTER COLUMN assessment SET NOT NULL;

-- An ended programme never comes back.
ALTER TABLE ledger.programme ADD COLUMN ended boolean NOT NULL DEFAULT false;
CREATE TRIGGER final BEFORE UPDATE ON ledger.programme FOR EACH ROW
    WHEN (OLD.ended AND NOT NEW.ended) EXECUTE FUNCTION ledger.refuse_change();
CREATE INDEX programme_stopped ON ledger.programme (id) WHERE suspended OR ended;
DROP INDEX ledger.programme_suspended;

-- Registrations stand as 1 registered, 2 suspended, 3 ended.
ALTER TABLE ledger.event_type ADD COLUMN status smallint NOT NULL DEFAULT 1 CHECK (status BETWEEN 1 AND 3);
ALTER TABLE ledger.source ADD COLUMN status smallint NOT NULL DEFAULT 1 CHECK (status BETWEEN 1 AND 3);
ALTER TABLE ledger.service ADD COLUMN status smallint NOT NULL DEFAULT 1 CHECK (status BETWEEN 1 AND 3);

-- An event type may get a later version, which only adds to it; each one that ever was is kept. The database keeps them itself.
CREATE TABLE ledger.event_type_version (
    name     text NOT NULL REFERENCES ledger.event_type,
    number   integer NOT NULL CHECK (number > 0),
    document bytea NOT NULL,
    PRIMARY KEY (name, number)
);
INSERT INTO ledger.event_type_version (name, number, document) SELECT name, 1, document FROM ledger.event_type;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON ledger.event_type_version
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE FUNCTION ledger.keep_event_type() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger.event_type_version (name, number, document)
    SELECT NEW.name, coalesce(max(number), 0) + 1, NEW.document FROM ledger.event_type_version WHERE name = NEW.name;
    RETURN NULL;
END $$;
CREATE TRIGGER kept AFTER INSERT ON ledger.event_type FOR EACH ROW EXECUTE FUNCTION ledger.keep_event_type();
CREATE TRIGGER kept_later AFTER UPDATE ON ledger.event_type FOR EACH ROW
    WHEN (OLD.document IS DISTINCT FROM NEW.document) EXECUTE FUNCTION ledger.keep_event_type();
DROP TRIGGER immutable ON ledger.event_type;
CREATE TRIGGER immutable BEFORE UPDATE ON ledger.event_type FOR EACH ROW
    WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER permanent BEFORE DELETE ON ledger.event_type FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

-- What administrators did, by number. The act itself is the entry at that position of partition 0. No foreign key to the programme: a
-- draft is an act before there is any.
CREATE TABLE ledger.act (
    number    bigint PRIMARY KEY CHECK (number > 0),
    key       uuid NOT NULL UNIQUE,
    position  bigint NOT NULL UNIQUE CHECK (position > 0),
    programme text CHECK (programme ~ '^[a-z][a-z0-9-]{1,62}$')
);
CREATE INDEX act_programme ON ledger.act (programme, number);
CREATE INDEX act_common ON ledger.act (number) WHERE programme IS NULL;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON ledger.act FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

-- Versions that ask for consent anew: from the first day on, whoever consented to a lower number has lapsed.
CREATE TABLE ledger.widening (
    programme text NOT NULL,
    number    integer NOT NULL,
    first_day date NOT NULL,
    PRIMARY KEY (programme, number),
    FOREIGN KEY (programme, number) REFERENCES ledger.rule_set
);
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON ledger.widening FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

-- The number of the version consented to, beside its hash; on the handle too, where the append looks. A silo of before that enrols
-- meanwhile notes 1: lapsed at worst, never taken for more than was consented to.
ALTER TABLE ledger.handle DROP CONSTRAINT handle_facts;
ALTER TABLE ledger.enrolment DROP CONSTRAINT enrolment_facts;
ALTER TABLE ledger.enrolment ADD COLUMN consented integer NOT NULL DEFAULT 1 CHECK (consented > 0);
ALTER TABLE ledger.handle ADD COLUMN consented integer NOT NULL DEFAULT 1;
UPDATE ledger.enrolment e SET consented = r.number
FROM ledger.rule_set r WHERE r.programme = e.programme AND r.hash = e.rule_set AND r.number > 1;
UPDATE ledger.handle h SET consented = e.consented FROM ledger.enrolment e WHERE e.subject = h.subject AND e.consented > 1;
ALTER TABLE ledger.enrolment ADD CONSTRAINT enrolment_facts
    UNIQUE (subject, partition, restricted, programme, ledger_key, consented);
ALTER TABLE ledger.handle ADD CONSTRAINT handle_facts
    FOREIGN KEY (subject, partition, restricted, programme, ledger_key, consented)
    REFERENCES ledger.enrolment (subject, partition, restricted, programme, ledger_key, consented) ON UPDATE CASCADE ON DELETE CASCADE;

-- An ended programme's enrolments are erased, and a simulation goes through a programme's, partition by partition.
CREATE INDEX enrolment_programme ON ledger.enrolment (programme, partition);
