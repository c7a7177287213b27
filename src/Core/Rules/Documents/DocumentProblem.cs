namespace Scoring.Rules;

/// <summary>One problem of a document.</summary>
/// <param name="Document">The document's path.</param>
/// <param name="Pointer">The place in the document as a JSON pointer (RFC 6901); empty for the whole document.</param>
/// <param name="Code">The kind of problem, one of <see cref="ProblemCode"/>.</param>
/// <param name="Help">A sentence that says what is expected.</param>
public sealed record DocumentProblem(string Document, string Pointer, string Code, string Help)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Document}#{Pointer}: {Code}: {Help}";
}

/// <summary>Collects the problems of one document.</summary>
/// <param name="document">The document's path, or the pointer at which a part of a draft begins.</param>
internal sealed class Problems(string document)
{
    private readonly List<DocumentProblem> _problems = [];

    /// <summary>The document's path, or the pointer at which a part of a draft begins.</summary>
    public string Document => document;

    /// <summary>All problems in the order in which they were added.</summary>
    public IReadOnlyList<DocumentProblem> All => _problems;

    /// <summary>Whether there is a problem at a pointer or below it.</summary>
    public bool AnyUnder(string pointer) => _problems.Exists(
        problem => problem.Pointer == pointer || problem.Pointer.StartsWith(pointer + "/", StringComparison.Ordinal));

    /// <summary>Adds a problem.</summary>
    public void Add(string pointer, string code, string help) => _problems.Add(new DocumentProblem(document, pointer, code, help));
}
