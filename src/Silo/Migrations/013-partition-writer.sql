-- A writer that remembers handles proves under the partition's lock, by its version, that they still are as it read them. The version is
-- raised here and by no statement of the platform: also a silo of before, or a writer that forgets it, raises it with what it changes.
-- New handles raise nothing: what is not remembered is looked up.
ALTER TABLE ledger.head ADD COLUMN version bigint NOT NULL DEFAULT 0;

-- A change of a handle's facts, by the locked partition that it was in. Restriction, consent and withdrawal get here by the foreign key.
CREATE FUNCTION ledger.raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE ledger.head SET version = version + 1 WHERE partition = OLD.partition;
    RETURN NULL;
END $$;
CREATE TRIGGER version AFTER DELETE ON ledger.handle FOR EACH ROW EXECUTE FUNCTION ledger.raise_version();
CREATE TRIGGER version_changed AFTER UPDATE ON ledger.handle FOR EACH ROW
    WHEN ((OLD.hash, OLD.subject, OLD.partition, OLD.started_at, OLD.restricted, OLD.programme, OLD.ledger_key, OLD.consented)
        IS DISTINCT FROM
        (NEW.hash, NEW.subject, NEW.partition, NEW.started_at, NEW.restricted, NEW.programme, NEW.ledger_key, NEW.consented))
    EXECUTE FUNCTION ledger.raise_version();

-- What concerns a whole programme concerns handles in every partition. The locks are taken in the one order of all writers.
CREATE FUNCTION ledger.raise_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ledger.head ORDER BY partition FOR UPDATE;
    UPDATE ledger.head SET version = version + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER version AFTER UPDATE ON ledger.programme FOR EACH ROW
    WHEN ((OLD.suspended, OLD.ended) IS DISTINCT FROM (NEW.suspended, NEW.ended)) EXECUTE FUNCTION ledger.raise_versions();
CREATE TRIGGER version AFTER INSERT ON ledger.widening FOR EACH ROW EXECUTE FUNCTION ledger.raise_versions();
