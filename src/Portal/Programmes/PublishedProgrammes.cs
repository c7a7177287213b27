using Scoring.Client;

namespace Scoring.Programmes;

/// <summary>The documents of programmes for a request.</summary>
internal sealed class PublishedProgrammes(ScoringClient client, ProgrammeCache cache)
{
    /// <summary>Returns every published programme.</summary>
    public Task<IReadOnlyList<ProgrammeResponse>> List(CancellationToken cancellationToken) =>
        cache.Get(() => client.As((string?)null).Programmes.List(cancellationToken));

    /// <summary>Returns a programme, or <see langword="null"/> when none of that name is published.</summary>
    public async Task<ProgrammeResponse?> Find(string programme, CancellationToken cancellationToken) =>
        (await List(cancellationToken)).FirstOrDefault(document => document.Programme.Id == programme);
}
