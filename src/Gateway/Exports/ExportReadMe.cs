namespace Scoring.Exports;

/// <summary>The README of a participant's archive.</summary>
internal static class ExportReadMe
{
    public const string Text = """
        Your data in one programme of the city, as they were when you asked for them
        ============================================================================

        manifest.json      what this archive is about, and the length and SHA-256 of every other file
        manifest.jws       the same manifest, signed by the platform. An archive without this file is incomplete
        subject.json       since when you take part, under which rules, and whether you have paused it
        handles.json       which sources know you by a handle (the handles themselves are stored nowhere)
        grants.json        which services may query your score
        receipts/          what you consented to: signed receipts, each named by its entry's turn
        entries.json       every entry about you, one a line: events, queries, accesses and your own actions
        entries.csv        the same as a table
        looks.json, .csv   who queried your score or saw an entry, when and why, and what they were answered
        contests.json      what you contested, how it was decided, and what was corrected
        explanation.json   your score on the day of the archive, explained by rule and by day
        rulesets/          all published rules, terms and impact assessments, as they are hashed
        event-types/       which attributes each type of event has
        record.json        what administrators did with the programme
        checkpoint.txt     the latest signed note of the state of all logs of the platform; absent before the first one
        checkpoint-keys.txt  its public keys; compare them with those published at /v1/checkpoints/keys
        proofs.json        for each entry up to that note, the path from its leaf to the log's root (RFC 9162)
        receipt-keys.json  the platform's public keys; compare them with those published at /v1/receipts/keys

        To verify the archive: verify manifest.jws with the published key that its header names, compare its payload with manifest.json,
        and compare the SHA-256 of each file with the manifest. You can compute the score again from the entries and the rule sets alone;
        the days of explanation.json show the sums.

        To verify an entry against the ledger, compute its leaf:

          SHA-256( 00 | nonce | kindNumber (1 byte) | day, as days since 2000-01-01 (4) | key (16) | body, as canonical JSON (RFC 8785)
                   | subject (8) | partition (4) | position (8) | turn (8) )

        All whole numbers are big-endian. Nonce and key are the bytes of their hexadecimal digits. The subject's number is in
        manifest.json, 16 hexadecimal digits. A body that is null has no bytes. Anyone who has the nonce of an entry can show which leaf
        of the public log is yours, so keep this archive to yourself.

        In the tables, a text that a spreadsheet would take for a formula has an apostrophe before it. The JSON has the unchanged text.

        """;
}
