using System.Text.Json;
using Scoring.Client;

namespace Scoring.Grants;

/// <summary>When grants were last used.</summary>
public sealed class GrantUsesTests
{
    private static readonly DateOnly Day = new(2026, 11, 24);

    [Fact]
    public void The_newest_query_of_a_grant_is_its_last_use()
    {
        var uses = GrantUses.LastOf(
        [
            Entry(5, EntryKind.Queried, """{"at":"2026-11-24T10:00:00Z","grant":"a"}"""),
            Entry(4, EntryKind.Granted, """{"at":"2026-11-24T09:30:00Z","grant":"c"}"""),
            Entry(3, EntryKind.Queried, """{"at":"2026-11-24T09:00:00Z","grant":"b"}"""),
            Entry(2, EntryKind.Queried, """{"at":"2026-11-24T08:00:00Z","grant":"a"}"""),
            Entry(1, EntryKind.Queried, """{"grant":"d"}"""),
            new HistoryEntry(0, EntryKind.Queried, Day, null),
        ]);
        uses.Keys.ShouldBe(["a", "b"], ignoreOrder: true);
        uses["a"].ShouldBe(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));
    }

    private static HistoryEntry Entry(long turn, EntryKind kind, string body)
    {
        using var parsed = JsonDocument.Parse(body);
        return new HistoryEntry(turn, kind, Day, parsed.RootElement.Clone());
    }
}
