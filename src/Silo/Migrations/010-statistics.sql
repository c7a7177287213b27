-- A programme's statistics of a month: a public document of counts, made once and never changed, so that no two of them can be subtracted
-- from one another. Nothing in it is about a person.
CREATE TABLE ledger.statistics (
    programme text NOT NULL REFERENCES ledger.programme,
    month     date NOT NULL CHECK (extract(day FROM month) = 1),
    document  bytea NOT NULL,
    made_on   date NOT NULL,
    PRIMARY KEY (programme, month)
);
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON ledger.statistics FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
