-- Reports of simulations: counts of subjects in whole twenties, so nothing in it is about a person. Those of a programme's draft have no
-- version and go with the draft; those that an approval named stay with the version that the draft became.
CREATE TABLE administration.simulation_report (
    number    bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    programme text NOT NULL CHECK (programme ~ '^[a-z][a-z0-9-]{1,62}$'),
    draft     text NOT NULL CHECK (draft ~ '^[0-9a-f]{64}$'),
    hash      text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
    made_at   timestamptz NOT NULL,
    document  bytea NOT NULL,
    named     boolean NOT NULL DEFAULT false,
    version   integer CHECK (version > 0),
    PRIMARY KEY (programme, draft, hash)
);
CREATE INDEX simulation_report_published ON administration.simulation_report (programme, hash, version) WHERE version IS NOT NULL;
