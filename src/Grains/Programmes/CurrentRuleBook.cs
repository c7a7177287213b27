using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Scoring.Rules;
using Scoring.Scores;

namespace Scoring.Programmes;

/// <summary>How old a silo's rule book may become.</summary>
public sealed class RuleBookOptions
{
    /// <summary>Past this age nothing is folded. Default 1 hour; 1 minute to 24 hours, both inclusive.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan AgeMax { get; set; } = TimeSpan.FromHours(1);
}

/// <summary>
/// The rule book and the catalogue that this silo goes by, renewed from the database. Age goes by the machine's clock, whatever day the
/// programmes think it is.
/// </summary>
public sealed class CurrentRuleBook(IOptions<RuleBookOptions> options, TimeProvider machine)
{
    private volatile RuleBookSnapshot? _held;

    /// <summary>The rule book.</summary>
    /// <exception cref="RuleBookStaleException">It is older than its limit, or there is none yet.</exception>
    public RuleBook Current =>
        _held is { } now && machine.GetElapsedTime(now.At) <= options.Value.AgeMax ? now.Book : throw new RuleBookStaleException();

    /// <summary>The catalogue renewed with it, whatever its age.</summary>
    /// <exception cref="RuleBookStaleException">There is none yet.</exception>
    public Catalogue Catalogue => _held?.Catalogue ?? throw new RuleBookStaleException();

    /// <summary>Takes a newer book and catalogue, or the same ones found unchanged, at this moment.</summary>
    public void Renew(RuleBook book, Catalogue catalogue) => _held = new RuleBookSnapshot(book, catalogue, machine.GetTimestamp());

    private sealed record RuleBookSnapshot(RuleBook Book, Catalogue Catalogue, long At);
}
