using Scoring.Peers.Scores;
using Scoring.Scores;

namespace Scoring.Peers.Grains;

/// <summary>The form in which Orleans stores and copies a subject's state: the fold's own compact one.</summary>
[GenerateSerializer, Alias("peers.stored-score")]
public struct StoredScore
{
    /// <summary>The fold.</summary>
    [Id(0)]
    public byte[] Fold;

    /// <summary>The keys of the last events.</summary>
    [Id(1)]
    public Guid[] Keys;
}

/// <summary>Converts a subject's state to that form and back.</summary>
[RegisterConverter]
public sealed class StoredScoreConverter : IConverter<SubjectScore, StoredScore>
{
    /// <inheritdoc/>
    public SubjectScore ConvertFromSurrogate(in StoredScore surrogate) => new(FoldState.Load(surrogate.Fold), surrogate.Keys);

    /// <inheritdoc/>
    public StoredScore ConvertToSurrogate(in SubjectScore value) => new() { Fold = value.Fold.Save(), Keys = [.. value.Keys] };
}
