using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Problems;

namespace Scoring.Administration;

/// <summary>How administrators' acts are answered.</summary>
internal static class AdminResults
{
    private const int HashChars = 64;

    /// <summary>200 when it took effect, 202 while it waits for another administrator.</summary>
    public static Results<Ok<ApprovalResponse>, Accepted<ApprovalResponse>, ProblemResult> Of(AdminOutcome outcome)
    {
        if (outcome.Refusal is { } refusal) return Refuse(refusal, outcome.Problems);
        var view = new ApprovalResponse(outcome.Done, outcome.Approvals);
        return outcome.Done ? TypedResults.Ok(view) : TypedResults.Accepted((string?)null, view);
    }

    /// <summary>Why an act is refused.</summary>
    public static ProblemResult Refuse(AdminRefusal refusal, ImmutableArray<DraftProblem> problems) => refusal switch
    {
        AdminRefusal.NameTaken => new(Problem.NameTaken),
        AdminRefusal.HashDiffers => new(Problem.HashDiffers),
        AdminRefusal.Problems => new(Problem.ContentAtFault) { Problems = problems.IsDefault ? [] : problems },
        AdminRefusal.IsAuthor => new(Problem.IsAuthor),
        AdminRefusal.ApprovedAlready => new(Problem.ApprovedAlready),
        AdminRefusal.WrongStatus => new(Problem.WrongStatus),
        AdminRefusal.NotReadable => new(Problem.MalformedJson) { Detail = "It is no JSON object, or larger than is taken." },
        AdminRefusal.Busy => new(Problem.SimulationUnderWay),
        _ => new(Problem.NotFound),
    };

    /// <summary>A refusal when a hash is not of its form.</summary>
    public static ProblemResult? BadHash(string hash) =>
        hash.Length == HashChars && hash.All(char.IsAsciiHexDigitLower)
            ? null
            : Malformed("/hash", $"It must be {HashChars} lower-case hexadecimal digits.");

    /// <summary>Refuses one member.</summary>
    public static ProblemResult Malformed(string pointer, string detail) =>
        new(Problem.MalformedRequest) { Errors = [new Fault(null, pointer, detail)] };
}

/// <summary>An approval of what the hash names.</summary>
/// <param name="Hash">SHA-256 of the content that was looked at, 64 lower-case hexadecimal digits.</param>
internal sealed record ApprovalRequest(string Hash);

/// <summary>A wish to suspend a programme.</summary>
/// <param name="Reason">In plain words, public, 1 to 300 characters.</param>
internal sealed record SuspensionRequest(string Reason);

/// <summary>What became of an act that may take more than one administrator.</summary>
/// <param name="Done">Whether it took effect; otherwise it waits for another administrator.</param>
/// <param name="Approvals">Who stands behind it so far.</param>
internal sealed record ApprovalResponse(bool Done, ImmutableArray<string> Approvals);
