-- How many query entries a grant is still good for: none for a grant without a number. Decided and taken off in the append's own statement,
-- under the partition's lock; below zero would be a defect and is refused. A silo of before does not look at it, so while a cluster is
-- upgraded across this number a grant with uses may be asked more often there.
ALTER TABLE ledger.grant_ ADD COLUMN uses_left integer CHECK (uses_left BETWEEN 0 AND 1000000);
