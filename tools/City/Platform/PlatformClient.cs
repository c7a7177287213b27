using System.Globalization;
using System.Net;
using System.Text.Json;
using Scoring.Client;
using Scoring.Verify.Scores;

namespace Scoring.City.Platform;

/// <summary>
/// What City's runs ask of the platform. Published rules stay JSON, exactly as they were published, because the verifier's own code reads
/// them and a draft repeats them.
/// </summary>
public sealed class PlatformClient(ScoringClient client)
{
    private const int HistoryPage = 500;

    /// <summary>Returns a published programme with its rule sets.</summary>
    /// <exception cref="CityException">The programme is not published.</exception>
    public async Task<ProgrammeDocument> Programme(string id, CancellationToken cancellationToken) => ProgrammeDocument.Read(
        await Published(id, cancellationToken),
        await Read($"v1/programmes/{Uri.EscapeDataString(id)}/rulesets", cancellationToken)
            ?? throw new CityException($"The platform has no published rule sets of {id}."));

    /// <summary>Returns the public document of a programme.</summary>
    /// <exception cref="CityException">The programme is not published.</exception>
    public async Task<JsonElement> Published(string id, CancellationToken cancellationToken) =>
        await Read($"v1/programmes/{Uri.EscapeDataString(id)}", cancellationToken)
            ?? throw new CityException($"The platform has no published programme {id}.");

    /// <summary>
    /// Returns the programme's current day, in its zone and by the platform's clock; <see langword="null"/> when it is not published.
    /// </summary>
    public async Task<DateOnly?> Today(string id, CancellationToken cancellationToken) =>
        await Read($"v1/programmes/{Uri.EscapeDataString(id)}", cancellationToken) is { } published
            ? DateOnly.Parse(published.GetProperty("today").GetString()!, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Enrols one subject under the rule set in force. Returns its ordinal.</summary>
    public async Task<int> Enrol(string token, ProgrammeDocument programme, IEnumerable<string> proofs, CancellationToken cancellationToken)
    {
        var request = new EnrolRequest(programme.Id, programme.InForce(programme.Today).Hash, [.. proofs]);
        return (await client.As(token).Subjects.Enrol(request, cancellationToken)).Ordinal;
    }

    /// <summary>Gives a service a grant for a subject. Returns the grant's token.</summary>
    public async Task<string> Grant(string token, string programme, int ordinal, string service, CancellationToken cancellationToken) =>
        (await client.As(token).Subjects.Of(programme, ordinal).GiveGrant(new GrantRequest(service), cancellationToken)).Token;

    /// <summary>Returns a participant's own score with its explanation; <see langword="null"/> when there is no such subject.</summary>
    public Task<Explanation?> Score(string token, string programme, int ordinal, CancellationToken cancellationToken) =>
        client.As(token).Subjects.Of(programme, ordinal).ExplainScore(cancellationToken).OrNull();

    /// <summary>Queries a score as a service, with a grant.</summary>
    public async Task<(long Score, string Tier)> Query(string serviceToken, string grant, CancellationToken cancellationToken)
    {
        var answer = await client.As(serviceToken).Scores.Query(grant, cancellationToken);
        return (answer.Score, answer.Tier);
    }

    /// <summary>Counts the event entries in a participant's own history, page by page.</summary>
    public async Task<long> CountEvents(string token, string programme, int ordinal, CancellationToken cancellationToken)
    {
        var subject = client.As(token).Subjects.Of(programme, ordinal);
        var events = 0L;
        for (long? below = null; ;)
        {
            if (await subject.ReadHistory(below, HistoryPage, cancellationToken).OrNull() is not { } page) return events;
            events += page.Entries.Count(entry => entry.Kind == EntryKind.Event);
            if (page.Below is null) return events;
            below = page.Below;
        }
    }

    /// <summary>Sends a batch of CloudEvents. Returns the status, and the reasons when it is refused.</summary>
    public async Task<(HttpStatusCode Status, string Answer)> SendEvents(
        string sourceToken, ReadOnlyMemory<byte> batch, CancellationToken cancellationToken)
    {
        try
        {
            await client.As(sourceToken).Events.SendBatch(batch, cancellationToken);
            return (HttpStatusCode.Accepted, "");
        }
        catch (ScoringProblemException exception)
        {
            return (exception.Status, exception.Message);
        }
    }

    private async Task<JsonElement?> Read(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var answer = await client.Send(request, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        if (!answer.IsSuccessStatusCode) throw new CityException($"The platform answered {path} with status {(int)answer.StatusCode}.");
        return JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
    }
}
