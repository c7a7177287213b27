namespace Scoring.Client;

/// <summary>Problem details (RFC 9457).</summary>
/// <param name="Type">The kind of problem, a stable URN.</param>
/// <param name="Title">What was wrong and what to do; the same for every problem of the kind.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong with this request, where the platform can say more.</param>
/// <param name="Errors">Every error in the body, up to the limit.</param>
/// <param name="ErrorsTotal">How many errors there are; greater than the number listed when they exceed the limit.</param>
/// <param name="Problems">Every problem with the content of a draft or a registration.</param>
public sealed record ProblemDocument(
    string Type, string Title, int Status, string? Detail = null, IReadOnlyList<Fault>? Errors = null, int? ErrorsTotal = null,
    IReadOnlyList<DraftProblem>? Problems = null);

/// <summary>One error in the body of a request.</summary>
/// <param name="Index">The event's place in a batch, from 0; <see langword="null"/> for any other body.</param>
/// <param name="Pointer">A JSON pointer into the body.</param>
/// <param name="Detail">What is wrong there and what to do. It repeats no value that was sent.</param>
public sealed record Fault(int? Index, string Pointer, string Detail);

/// <summary>One problem with the content of a draft or a registration.</summary>
/// <param name="Pointer">A JSON pointer into the document.</param>
/// <param name="Code">The kind of problem, a stable word.</param>
/// <param name="Help">What is wrong there and what to do.</param>
public sealed record DraftProblem(string Pointer, string Code, string Help);
