-- How many query entries a grant is still good for: none for a grant without a number. Decided and taken off in the append's own statement,
-- under the partition's lock; below zero would be a defect and is refused. A silo of before does not look at it, so while a cluster is
-- upgraded across this number a grant with uses may be asked more often there.
ALTER TABLE ledger.grant_ ADD COLUMN uses_left integer CHECK (uses_left BETWEEN 0 AND 1000000);

-- Statistics are samples of what stands in a column, and would keep it after an erasure. Nothing here is planned by them: every table is
-- entered by an index, whatever they say.
ALTER TABLE ledger.entry
    ALTER COLUMN subject SET STATISTICS 0, ALTER COLUMN turn SET STATISTICS 0, ALTER COLUMN key SET STATISTICS 0,
    ALTER COLUMN day SET STATISTICS 0, ALTER COLUMN leaf SET STATISTICS 0, ALTER COLUMN body SET STATISTICS 0;
ALTER TABLE ledger.enrolment
    ALTER COLUMN subject SET STATISTICS 0, ALTER COLUMN since SET STATISTICS 0, ALTER COLUMN ledger_key SET STATISTICS 0;
ALTER TABLE ledger.locator ALTER COLUMN hash SET STATISTICS 0, ALTER COLUMN subject SET STATISTICS 0;
ALTER TABLE ledger.handle
    ALTER COLUMN hash SET STATISTICS 0, ALTER COLUMN subject SET STATISTICS 0, ALTER COLUMN started_at SET STATISTICS 0,
    ALTER COLUMN proved_at SET STATISTICS 0, ALTER COLUMN ledger_key SET STATISTICS 0, ALTER COLUMN id SET STATISTICS 0;
ALTER TABLE ledger.grant_
    ALTER COLUMN hash SET STATISTICS 0, ALTER COLUMN subject SET STATISTICS 0, ALTER COLUMN since SET STATISTICS 0,
    ALTER COLUMN until SET STATISTICS 0, ALTER COLUMN id SET STATISTICS 0;
ALTER TABLE ledger.snapshot
    ALTER COLUMN subject SET STATISTICS 0, ALTER COLUMN turn SET STATISTICS 0, ALTER COLUMN state SET STATISTICS 0;
ALTER TABLE ledger.erasure ALTER COLUMN subject SET STATISTICS 0;
ALTER TABLE ledger.contest
    ALTER COLUMN id SET STATISTICS 0, ALTER COLUMN number SET STATISTICS 0, ALTER COLUMN subject SET STATISTICS 0,
    ALTER COLUMN turn SET STATISTICS 0, ALTER COLUMN event_key SET STATISTICS 0, ALTER COLUMN opened SET STATISTICS 0,
    ALTER COLUMN due SET STATISTICS 0, ALTER COLUMN decided SET STATISTICS 0, ALTER COLUMN verdict SET STATISTICS 0;
