using System.Collections.Immutable;
using Scoring.Administration;

namespace Scoring.Problems;

/// <summary>One thing wrong with a body.</summary>
/// <param name="Index">The event's place in the batch, from 0; 0 for a single event; absent for other bodies.</param>
/// <param name="Pointer">Where, as a JSON pointer (RFC 6901) into the body; for binary events into the same event in JSON.</param>
/// <param name="Detail">What is wrong, in plain words, without the value.</param>
internal sealed record Fault(int? Index, string Pointer, string Detail);

/// <summary>Problem details (RFC 9457) as they are sent.</summary>
/// <param name="Type">What kind of problem, a stable URN.</param>
/// <param name="Title">The kind in plain words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong this time, where that can be said.</param>
/// <param name="Errors">Each thing wrong, where there can be several.</param>
/// <param name="ErrorsTotal">How many there are; more than listed when they are past the limit.</param>
/// <param name="Problems">Everything wrong with the content of a draft or a registration, at once.</param>
internal sealed record ProblemDocument(
    string Type, string Title, int Status, string? Detail, ImmutableArray<Fault>? Errors, int? ErrorsTotal,
    ImmutableArray<DraftProblem>? Problems);
