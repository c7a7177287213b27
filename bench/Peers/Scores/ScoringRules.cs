using Scoring.Peers.Entrance;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Peers.Scores;

/// <summary>The platform's own rules of one programme, which every peer scores by.</summary>
/// <param name="Programme">The compiled rules.</param>
/// <param name="StoredKeysMax">How many keys of events a stored state has.</param>
public sealed record ScoringRules(ProgrammeRules Programme, int StoredKeysMax)
{
    /// <summary>The current day in the programme's zone.</summary>
    public DateOnly Today => Programme.Day(TimeProvider.System.GetUtcNow());

    /// <summary>Compiles the shipped rules of the programme.</summary>
    /// <exception cref="InvalidOperationException">There is no such programme.</exception>
    public static ScoringRules Load(string folder, PeerOptions options)
    {
        var documents = ProgrammeDocuments.ReadSeed(
            from file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            select (Path.GetRelativePath(folder, file).Replace('\\', '/'), (ReadOnlyMemory<byte>)File.ReadAllBytes(file)));
        var programme = documents.Compile().Find(ProgrammeId.Parse(options.Programme))
            ?? throw new InvalidOperationException($"There is no programme {options.Programme}.");
        return new ScoringRules(programme, options.StoredKeysMax);
    }
}
