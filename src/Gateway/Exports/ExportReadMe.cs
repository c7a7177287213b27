namespace Scoring.Exports;

/// <summary>What the archive says about itself, in plain words.</summary>
internal static class ExportReadMe
{
    public const string Text = """
        Your data in one programme of the city, as they were when you asked for them
        ============================================================================

        manifest.json      what this archive is of, and the length and SHA-256 of every other file
        manifest.jws       the same manifest, signed by the platform. Without this file the archive is incomplete: it was broken off
        subject.json       since when you take part, under which rules, whether you have paused it
        handles.json       which sources know you by a handle (the handles themselves are stored nowhere)
        grants.json        which services may ask for your score
        receipts/          what you consented to: signed receipts, named by the entry that holds them
        entries.json       every entry about you, one a line: what sources sent, who asked, what you did
        entries.csv        the same as a table
        looks.json, .csv   who asked for your score, when, why, and what they were told
        contests.json      what you contested, what became of it, and what was corrected
        explanation.json   your score on the day of the archive, taken apart rule by rule and day by day
        rulesets/          all rules, terms and impact assessments that were published, as they are hashed
        event-types/       what each kind of event may hold
        record.json        what administrators did with the programme
        checkpoint.txt     the latest signed note of what all of the platform's logs are; missing before the first
        checkpoint-keys.txt  the keys that it is signed by; compare them with those published at /v1/checkpoints/keys
        proofs.json        for each entry up to that note, the way of its leaf to the log's root, by RFC 9162
        receipt-keys.json  the public keys of the platform; compare them with those it publishes at /v1/receipts/keys

        To check it: verify manifest.jws by the published key that its header names, compare its payload with manifest.json, and the
        SHA-256 of each file with the manifest. The entries and the rule sets are enough to work the score out again; the days of
        explanation.json show the sums on the way.

        To check an entry against the ledger: its leaf is

          SHA-256( 00 | nonce | kindNumber (1 byte) | day, as days since 2000-01-01 (4) | key (16) | body, as canonical JSON (RFC 8785)
                   | subject (8) | partition (4) | position (8) | turn (8) )

        with all whole numbers big-endian, nonce and key as the bytes that their hexadecimal digits say, and the subject's number as it
        stands in manifest.json, 16 hexadecimal digits. A body that is null counts as no bytes. Whoever holds the nonce of an entry can
        show which leaf of the public log is yours: keep this archive to yourself.

        In the tables, a text that a spreadsheet would take for a formula has an apostrophe before it. The JSON has it as it is.

        """;
}
