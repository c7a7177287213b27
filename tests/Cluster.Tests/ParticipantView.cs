using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.Expected;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Testing;
using Scoring.Verify.Scores;

namespace Scoring.Cluster;

/// <summary>Everything that a participant reads about their subject over HTTP.</summary>
/// <param name="Turns">The turns of all entries, ascending.</param>
/// <param name="Events">The event entries, each as its type and data, in ascending turns.</param>
/// <param name="Points">The points of each rule before any cap, so that a cap hides no lost or doubled event.</param>
/// <param name="Score">The score.</param>
internal sealed record ParticipantView(
    IReadOnlyList<long> Turns, IReadOnlyList<string> Events, IReadOnlyDictionary<string, long> Points, long Score)
{
    private const int PageEntries = 500;

    /// <summary>Reads the history and the score.</summary>
    public static async Task<ParticipantView> Read(Session session, Resident resident, CancellationToken cancellationToken)
    {
        var token = session.Credentials.ParticipantToken(resident.Participant);
        var own = $"/v1/me/subjects/{resident.Programme}/{resident.Ordinal}";
        var entries = new List<JsonElement>();
        for (long? below = null; ;)
        {
            var path = $"{own}/history?count={PageEntries}" + (below is { } turn ? $"&below={turn}" : "");
            var page = (await session.Api.SendJson(HttpMethod.Get, path, token, null, cancellationToken)).ShouldNotBeNull();
            entries.AddRange(page.GetProperty("entries").EnumerateArray());
            if (page.GetProperty("below") is not { ValueKind: JsonValueKind.Number } next) break;
            below = next.GetInt64();
        }

        entries.Reverse();
        var explanation =
            (await session.Platform.Score(token, resident.Programme, resident.Ordinal!.Value, cancellationToken)).ShouldNotBeNull();
        return new ParticipantView(
            [.. entries.Select(entry => entry.GetProperty("turn").GetInt64())],
            [.. entries.Where(entry => entry.GetProperty("kind").GetString() == "event").Select(entry => entry.GetProperty("body"))
                .Select(body => Text(body.GetProperty("type").GetString()!, JsonObject.Create(body.GetProperty("data"))!))],
            explanation.Rules.Select(rule => (Id: rule.Rule, Points: rule.Days.Sum(day => day.Points)))
                .Where(rule => rule.Points != 0).ToDictionary(rule => rule.Id, rule => rule.Points),
            explanation.Score);
    }

    /// <summary>Compares the view with the accepted events of the subject.</summary>
    public void ShouldMatch(ProgrammeDocument programme, IReadOnlyList<CountedEvent> accepted)
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
