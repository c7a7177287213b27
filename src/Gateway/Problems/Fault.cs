using System.Collections.Immutable;
using Scoring.Administration;

namespace Scoring.Problems;

/// <summary>One error in a body.</summary>
/// <param name="Index">The event's place in the batch, from 0; 0 for a single event; absent for other bodies.</param>
/// <param name="Pointer">A JSON pointer (RFC 6901) into the body. For a binary event it points into the same event in JSON.</param>
/// <param name="Detail">What is wrong, in plain words, without the value that was sent.</param>
internal sealed record Fault(int? Index, string Pointer, string Detail);

/// <summary>Problem details (RFC 9457).</summary>
/// <param name="Type">The kind of problem, a stable URN.</param>
/// <param name="Title">What was wrong and what to do; the same for every problem of the kind.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong with this request, where the platform can say more.</param>
/// <param name="Errors">Every error in the body, up to the limit.</param>
/// <param name="ErrorsTotal">How many errors there are; greater than the number listed when they exceed the limit.</param>
/// <param name="Problems">Every problem with the content of a draft or a registration.</param>
internal sealed record ProblemDocument(
    string Type, string Title, int Status, string? Detail, ImmutableArray<Fault>? Errors, int? ErrorsTotal,
    ImmutableArray<DraftProblem>? Problems);
