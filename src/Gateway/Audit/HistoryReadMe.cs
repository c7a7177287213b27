namespace Scoring.Audit;

/// <summary>The README of an auditor's archive.</summary>
internal static class HistoryReadMe
{
    public const string Text = """
        One history in one programme of the city, as of the day in manifest.json
        ==========================================================================

        manifest.json      what this archive is about, and the length and SHA-256 of every other file
        manifest.jws       the same manifest, signed by the platform. An archive without this file is incomplete
        case.json          the audit case; the access to this history is an entry of it
        explanation.json   the score on that day, explained by rule and by day
        days.json, .csv    the score after each day, by all entries of this archive
        entries.json, .csv every entry up to the last turn, with everything that its leaf is computed from
        contributions.json, .csv  what each event contributes: the points of each rule of its day before any cap, its status, and the
                           turns of its contest and correction
        contests.json      contests, their decisions and corrections
        rulesets/          all published rules, terms and impact assessments, as they are hashed
        event-types/       which attributes each type of event has
        record.json        what administrators did with the programme
        checkpoint.txt, checkpoint-keys.txt, proofs.json, receipt-keys.json   the proofs and the public keys

        To verify the archive: ./run verify archive FILE.zip --key KEY --receipt-keys FILE. A missing turn is past its retention.
        The participant can see this access. Keep the archive confidential, and delete it when the case ends.

        """;
}
