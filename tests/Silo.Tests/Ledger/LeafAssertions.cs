using Npgsql;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>Recomputes the leaf of every entry of an enrolled subject and compares it with the stored one.</summary>
internal static class LeafAssertions
{
    // The last row of a history may have expired and keep its turn. Only the leaf is left of its content.
    private const string EnrolledEntries = """
        SELECT e.partition, e.position, e.subject, e.turn, e.kind, e.day, e.body, e.key, e.leaf, s.ledger_key
        FROM ledger.entry e JOIN ledger.enrolment s ON s.subject = e.subject WHERE e.kind <> 0
        """;

    public static async Task Check(LedgerStage stage)
    {
        var count = 0;
        await using var connection = await stage.Database.OpenOwn(CancellationToken.None);
        await using var command = new NpgsqlCommand(EnrolledEntries, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var entry = new Entry(
                reader.GetInt16(0), reader.GetInt64(1), new SubjectId(reader.GetInt64(2)), reader.GetInt64(3),
                (EntryKind)reader.GetInt16(4), reader.GetFieldValue<DateOnly>(5), reader.GetFieldValue<byte[]>(6));
            var leaf = Leaf.Of(reader.GetFieldValue<byte[]>(9), entry, reader.GetGuid(7));
            reader.GetFieldValue<byte[]>(8).ShouldBe(leaf);
            count++;
        }
        count.ShouldBeGreaterThan(0);
    }
}
