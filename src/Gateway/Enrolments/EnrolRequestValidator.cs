using System.Collections.Immutable;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Enrolments;

/// <summary>Validates the form of requests to enrol and to link handles, before any database read.</summary>
internal static class EnrolRequestValidator
{
    private const int HashChars = 64;

    /// <summary>The faults of a request to enrol.</summary>
    public static ImmutableArray<Fault> Faults(EnrolRequest request, GatewayLimits limits)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        if (request.RuleSet.Length != HashChars || !request.RuleSet.All(char.IsAsciiHexDigitLower))
            faults.Add(new(null, "/ruleSet", $"It must be {HashChars} lower-case hexadecimal digits."));
        if (request.Renews is < 0 or >= OwnSubject.OrdinalCount)
            faults.Add(new(null, "/renews", $"It must be from 0 to {OwnSubject.OrdinalCount - 1}."));
        if (request.Renews is not null)
        {
            if (!request.HandleProofs.IsDefaultOrEmpty) faults.Add(new(null, "/handleProofs", "It must be empty with renews."));
        }
        else
        {
            faults.AddRange(ProofFaults(request.HandleProofs, limits));
        }

        return faults.ToImmutable();
    }

    /// <summary>The faults in the form of handle proofs.</summary>
    public static ImmutableArray<Fault> ProofFaults(ImmutableArray<string> proofs, GatewayLimits limits)
    {
        if (proofs.IsDefaultOrEmpty || proofs.Length > limits.HandleProofsMax)
            return [new(null, "/handleProofs", $"It must have 1 to {limits.HandleProofsMax} proofs.")];
        var faults = ImmutableArray.CreateBuilder<Fault>();
        for (var i = 0; i < proofs.Length; i++)
            if (!IsCompactJws(proofs[i], limits.HandleProofCharsMax))
                faults.Add(
                    new(null, $"/handleProofs/{i}", $"It must be a compact JWS of at most {limits.HandleProofCharsMax} characters."));
        return faults.ToImmutable();
    }

    private static bool IsCompactJws(string? text, int charsMax) =>
        text is { Length: > 0 } && text.Length <= charsMax && text.Count(c => c == '.') == 2
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
