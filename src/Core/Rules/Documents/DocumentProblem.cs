namespace Scoring.Rules;

/// <summary>One thing wrong with a document.</summary>
/// <param name="Document">Which document, by its path.</param>
/// <param name="Pointer">Where in it (RFC 6901); empty for the whole.</param>
/// <param name="Code">What is wrong, one of <see cref="ProblemCode"/>.</param>
/// <param name="Help">What would be right, in plain words.</param>
public sealed record DocumentProblem(string Document, string Pointer, string Code, string Help)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Document}#{Pointer}: {Code}: {Help}";
}

/// <summary>The problems of one document, as they are found.</summary>
internal sealed class Problems(string document)
{
    private readonly List<DocumentProblem> found = [];

    public string Document => document;

    public IReadOnlyList<DocumentProblem> Found => found;

    /// <summary>Whether anything was found at a place or inside it.</summary>
    public bool Under(string pointer) =>
        found.Exists(problem => problem.Pointer == pointer || problem.Pointer.StartsWith(pointer + "/", StringComparison.Ordinal));

    public void Add(string pointer, string code, string help) => found.Add(new DocumentProblem(document, pointer, code, help));
}
