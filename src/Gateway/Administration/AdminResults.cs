using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Problems;

namespace Scoring.Administration;

/// <summary>Turns the outcomes of administrators' acts into results.</summary>
internal static class AdminResults
{
    private const int HashChars = 64;

    /// <summary>200 when the act took effect, 202 while it waits for another administrator, else a problem.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="wrongStatus">The detail of <see cref="AdminRefusal.WrongStatus"/>: which status the act requires.</param>
    public static Results<Ok<ApprovalResponse>, Accepted<ApprovalResponse>, ProblemResult> Of(AdminOutcome outcome, string wrongStatus)
    {
        if (outcome.Refusal is { } refusal) return Refuse(refusal, outcome.Problems, wrongStatus);
        var response = new ApprovalResponse(outcome.Done, outcome.Approvals);
        return outcome.Done ? TypedResults.Ok(response) : TypedResults.Accepted((string?)null, response);
    }

    /// <summary>Turns an act's refusal into a problem.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="problems">The problems with the content.</param>
    /// <param name="wrongStatus">The detail of <see cref="AdminRefusal.WrongStatus"/>: which status the act requires.</param>
    public static ProblemResult Refuse(
        AdminRefusal refusal, ImmutableArray<DraftProblem> problems, string? wrongStatus = null) => refusal switch
    {
        AdminRefusal.NameTaken => new(Problem.NameTaken),
        AdminRefusal.HashDiffers => new(Problem.HashDiffers),
        AdminRefusal.ReportUnknown => new(Problem.ReportUnknown),
        AdminRefusal.Problems => new(Problem.ContentAtFault) { Problems = problems.IsDefault ? [] : problems },
        AdminRefusal.IsAuthor => new(Problem.IsAuthor),
        AdminRefusal.ApprovedAlready => new(Problem.ApprovedAlready),
        AdminRefusal.WrongStatus => new(Problem.WrongStatus) { Detail = wrongStatus },
        AdminRefusal.NotReadable => new(Problem.MalformedJson) { Detail = "The document is not a JSON object, or is too large." },
        AdminRefusal.Busy => new(Problem.SimulationUnderWay),
        _ => new(Problem.NotFound),
    };

    /// <summary>The refusal of a hash that does not have the required form; <see langword="null"/> when it has.</summary>
    public static ProblemResult? HashFault(string hash, string pointer = "/hash") =>
        hash.Length == HashChars && hash.All(char.IsAsciiHexDigitLower)
            ? null
            : Malformed(pointer, $"It must be {HashChars} lower-case hexadecimal digits.");

    /// <summary>Refuses a request because of one member.</summary>
    public static ProblemResult Malformed(string pointer, string detail) =>
        new(Problem.MalformedRequest) { Errors = [new Fault(null, pointer, detail)] };
}

/// <summary>An approval of the content that the hash names.</summary>
/// <param name="Hash">SHA-256 of the content that the administrator read, 64 lower-case hexadecimal digits.</param>
internal sealed record ApprovalRequest(string Hash);

/// <summary>An approval of a draft.</summary>
/// <param name="Hash">SHA-256 of the draft that the administrator read, 64 lower-case hexadecimal digits.</param>
/// <param name="Report">The hash of the simulation report that the administrator has seen, in the same form.</param>
internal sealed record DraftApprovalRequest(string Hash, string? Report = null);

/// <summary>A request to suspend a programme.</summary>
/// <param name="Reason">The reason in plain words, 1 to 300 characters. It is public.</param>
internal sealed record SuspensionRequest(string Reason);

/// <summary>The state of an act that may require several administrators.</summary>
/// <param name="Done">Whether the act took effect; otherwise it waits for another administrator.</param>
/// <param name="Approvals">The administrators who have approved the act so far.</param>
internal sealed record ApprovalResponse(bool Done, ImmutableArray<string> Approvals);
