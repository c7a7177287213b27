namespace Scoring.Client;

/// <summary>Something that a stream of notices tells.</summary>
/// <param name="Kind">
/// The notice's kind, <see cref="Restarted"/> or <see cref="Withdrawn"/>. A later version of the API may add kinds.
/// </param>
/// <param name="Id">The place behind it, from which listening can continue; <see langword="null"/> at the end.</param>
/// <param name="Notice">The notice; <see langword="null"/> for the two kinds that are none.</param>
public sealed record LiveNotice(string Kind, string? Id, Notice? Notice)
{
    /// <summary>The id before everything there is.</summary>
    public const string Beginning = "0-0";

    /// <summary>The stream begins again with everything there is, because a restored platform does not know the place asked for.</summary>
    public const string Restarted = "restarted";

    /// <summary>The subject has withdrawn. Nothing comes after it.</summary>
    public const string Withdrawn = "withdrawn";
}
