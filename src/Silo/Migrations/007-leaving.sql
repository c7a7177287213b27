-- Leaving: the list outside the database, memory, and retention by day.

-- An erasure shows its subject until it is listed outside the database, cleared, and forgotten by every silo; kind finds the grain that
-- forgets. None is over without being listed: a silo of before, which knows no list, cannot end one, and one of this build does so for it.
ALTER TABLE ledger.erasure ADD COLUMN kind smallint CHECK (kind BETWEEN 1 AND 3), ADD COLUMN listed boolean NOT NULL DEFAULT false;
UPDATE ledger.erasure SET listed = true WHERE subject IS NULL;
ALTER TABLE ledger.erasure ADD CONSTRAINT erasure_listed CHECK (listed OR subject IS NOT NULL);

-- The earliest day that a snapshot holds anything of: past its retention the snapshot goes. Unknown ones go with the first entry.
ALTER TABLE ledger.snapshot ADD COLUMN oldest date;

-- How far entries of a programme are expired in a partition. Up to position none is left that could ever expire there; day is the last
-- day gone, and reached is where the walk for it has come to, null when it is over.
CREATE TABLE ledger.expiry (
    partition smallint NOT NULL REFERENCES ledger.head,
    programme text NOT NULL REFERENCES ledger.programme,
    position  bigint NOT NULL,
    reached   bigint CHECK (reached >= position),
    day       date NOT NULL,
    PRIMARY KEY (partition, programme)
);
