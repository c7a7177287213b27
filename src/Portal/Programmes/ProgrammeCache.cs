using Scoring.Client;
using Scoring.Hosting;

namespace Scoring.Programmes;

/// <summary>Keeps the documents of all programmes for some seconds. They are public and the same for every person.</summary>
internal sealed class ProgrammeCache(PortalOptions options, TimeProvider time)
{
    private volatile Kept? _kept;

    /// <summary>Returns the documents, which are read when the kept ones are too old.</summary>
    public async Task<IReadOnlyList<ProgrammeResponse>> Get(Func<Task<IReadOnlyList<ProgrammeResponse>>> read)
    {
        var now = time.GetUtcNow();
        if (_kept is { } kept && now - kept.ReadAt < TimeSpan.FromSeconds(options.ProgrammeSeconds)) return kept.Documents;
        var documents = await read();
        _kept = new Kept(now, documents);
        return documents;
    }

    private sealed record Kept(DateTimeOffset ReadAt, IReadOnlyList<ProgrammeResponse> Documents);
}
