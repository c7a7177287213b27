-- The Merkle logs, one a partition (RFC 9162): leaf index = position - 1. Level 0 is the column leaf of the entries and is not kept twice;
-- hash i of tile n at level l stands over the 256^l leaves from (256 n + i) 256^l on. All of it can be made anew from the leaves.
CREATE TABLE ledger.tile (
    partition smallint NOT NULL REFERENCES ledger.head,
    level     smallint NOT NULL CHECK (level BETWEEN 1 AND 7),
    number    bigint NOT NULL CHECK (number >= 0),
    hashes    bytea NOT NULL CHECK (octet_length(hashes) % 32 = 0 AND octet_length(hashes) BETWEEN 32 AND 8192),
    PRIMARY KEY (partition, level, number)
);
ALTER TABLE ledger.tile ALTER COLUMN hashes SET STORAGE EXTERNAL;

-- Signed checkpoints. The note says it all; leaf is its statement's place in the log of checkpoints. made_at goes by the machine's clock,
-- the note by that of programmes. Never changed, never taken back.
CREATE TABLE ledger.checkpoint (
    number  bigint PRIMARY KEY CHECK (number > 0),
    made_at timestamptz NOT NULL DEFAULT now(),
    leaf    bytea NOT NULL CHECK (octet_length(leaf) = 32),
    note    text NOT NULL
);
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON ledger.checkpoint FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

-- Cosignatures of witnesses, the latest of each.
CREATE TABLE ledger.cosignature (
    number  bigint NOT NULL REFERENCES ledger.checkpoint,
    witness text NOT NULL CHECK (octet_length(witness) BETWEEN 1 AND 200),
    line    text NOT NULL CHECK (octet_length(line) BETWEEN 1 AND 500),
    PRIMARY KEY (number, witness)
);
