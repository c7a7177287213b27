using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.Expected;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Verify.Scores;

namespace Scoring.Cluster;

/// <summary>What one participant sees of their subject over HTTP.</summary>
/// <param name="Turns">The turns of all their entries, ascending.</param>
/// <param name="Events">Their event entries, each as its type and data, in ascending turns.</param>
/// <param name="Points">By rule, the points of its days before any cap: a cap hides nothing that is lost or doubled.</param>
/// <param name="Score">The score.</param>
internal sealed record Seen(
    IReadOnlyList<long> Turns, IReadOnlyList<string> Events, IReadOnlyDictionary<string, long> Points, long Score)
{
    private const int PageEntries = 500;

    /// <summary>Asks for history and score.</summary>
    public static async Task<Seen> By(Session session, Resident who, CancellationToken cancellationToken)
    {
        var token = session.Credentials.ParticipantToken(who.Participant);
        var own = $"/v1/me/subjects/{who.Programme}/{who.Ordinal}";
        var entries = new List<JsonElement>();
        for (long? below = null; ;)
        {
            var path = $"{own}/history?count={PageEntries}" + (below is { } turn ? $"&below={turn}" : "");
            var page = (await session.Api.Ask(HttpMethod.Get, path, token, null, cancellationToken)).ShouldNotBeNull();
            entries.AddRange(page.GetProperty("entries").EnumerateArray());
            if (page.GetProperty("below") is not { ValueKind: JsonValueKind.Number } next) break;
            below = next.GetInt64();
        }

        entries.Reverse();
        var told = (await session.Participation.Score(token, who.Programme, who.Ordinal!.Value, cancellationToken)).ShouldNotBeNull();
        return new Seen(
            [.. entries.Select(entry => entry.GetProperty("turn").GetInt64())],
            [.. entries.Where(entry => entry.GetProperty("kind").GetString() == "event").Select(entry => entry.GetProperty("body"))
                .Select(body => Text(body.GetProperty("type").GetString()!, JsonObject.Create(body.GetProperty("data"))!))],
            told.GetProperty("rules").EnumerateArray()
                .Select(rule => (Id: rule.GetProperty("rule").GetString()!, Points: rule.GetProperty("days").EnumerateArray()
                    .Sum(day => day.GetProperty("points").GetInt64())))
                .Where(rule => rule.Points != 0).ToDictionary(rule => rule.Id, rule => rule.Points),
            told.GetProperty("score").GetInt64());
    }

    /// <summary>Holds it against what was accepted about them.</summary>
    public void ShouldBeRight(ProgrammeDocument programme, IReadOnlyList<CountedEvent> accepted)
    {
        Turns.ShouldBe(Enumerable.Range(1, Turns.Count).Select(turn => (long)turn));
        Events.Order().ShouldBe(accepted.Select(one => Text(one.Type, one.Data)).Order());
        Points.OrderBy(rule => rule.Key).ShouldBe(programme.InForce(programme.Today).Rules
            .Select(rule => KeyValuePair.Create(
                rule.GetProperty("id").GetString()!, accepted.Sum(one => (long)RuleReading.Points(rule, one))))
            .Where(rule => rule.Value != 0).OrderBy(rule => rule.Key));
    }

    private static string Text(string type, JsonObject data) =>
        type + " " + new JsonObject(data.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();
}
