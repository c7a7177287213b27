using System.Collections.Immutable;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Enrolments;

/// <summary>Checks the form of a wish to enrol, before anyone is looked up.</summary>
internal static class EnrolRequestValidator
{
    private const int HashChars = 64;

    /// <summary>Everything wrong with it.</summary>
    public static ImmutableArray<Fault> Faults(EnrolRequest wish, GatewayLimits limits)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        if (wish.RuleSet.Length != HashChars || !wish.RuleSet.All(char.IsAsciiHexDigitLower))
            faults.Add(new(null, "/ruleSet", $"It must be {HashChars} lower-case hexadecimal digits."));
        if (wish.Renews is < 0 or >= OwnSubject.OrdinalCount)
            faults.Add(new(null, "/renews", $"It must lie from 0 to {OwnSubject.OrdinalCount - 1}."));
        if (wish.Renews is not null)
        {
            if (!wish.HandleProofs.IsDefaultOrEmpty) faults.Add(new(null, "/handleProofs", "There must be none beside renews."));
        }
        else
        {
            faults.AddRange(ProofFaults(wish.HandleProofs, limits));
        }

        return faults.ToImmutable();
    }

    /// <summary>Everything wrong with the form of proofs.</summary>
    public static ImmutableArray<Fault> ProofFaults(ImmutableArray<string> proofs, GatewayLimits limits)
    {
        if (proofs.IsDefaultOrEmpty || proofs.Length > limits.HandleProofsMax)
            return [new(null, "/handleProofs", $"There must be 1 to {limits.HandleProofsMax}.")];
        var faults = ImmutableArray.CreateBuilder<Fault>();
        for (var i = 0; i < proofs.Length; i++)
            if (!IsCompactJws(proofs[i], limits.HandleProofCharsMax))
                faults.Add(new(null, $"/handleProofs/{i}", "It must be a JWS in compact form."));
        return faults.ToImmutable();
    }

    private static bool IsCompactJws(string? text, int charsMax) =>
        text is { Length: > 0 } && text.Length <= charsMax && text.Count(c => c == '.') == 2
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
