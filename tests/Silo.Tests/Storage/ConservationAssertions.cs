namespace Scoring.Storage;

/// <summary>Checks that every missing body is declared by a tombstone, and that positions have no gap.</summary>
internal static class ConservationAssertions
{
    public static async Task ShouldBeConserved(this LedgerStage stage)
    {
        var missing = await stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE body IS NULL");
        var declared = await stage.Scalar<long>("""
            SELECT coalesce(sum((convert_from(body, 'UTF8')::json ->> 'entries')::bigint), 0)::bigint
            FROM ledger.entry WHERE kind IN (14, 19, 20)
            """);
        var uncleared = await stage.Scalar<long>("""
            SELECT count(*) FROM ledger.entry e JOIN ledger.erasure l ON l.subject = e.subject WHERE e.body IS NOT NULL
            """);
        missing.ShouldBe(declared - uncleared, "missing bodies are not those declared");
        (await stage.Rows<string>("""
            SELECT h.partition || ': ' || h.position || ' ' || count(e.position) || ' ' || coalesce(max(e.position), 0)
            FROM ledger.head h LEFT JOIN ledger.entry e USING (partition)
            GROUP BY h.partition, h.position HAVING h.position <> count(e.position) OR h.position <> coalesce(max(e.position), 0)
            """)).ShouldBeEmpty("positions have a gap");
    }
}
