using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Scoring.Rules;
using Scoring.Scores;

namespace Scoring.Programmes;

/// <summary>Limits of a silo's rule book.</summary>
public sealed class RuleBookOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "RuleBook";

    /// <summary>Greatest age of the rule book. The silo folds nothing with an older one. Default 1 hour; 1 minute to 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan AgeMax { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The minimum time between two reads of the database because of an unknown name, in seconds. A call with such a name
    /// waits for the read. Default 0.25; 0.05 to 10, both included.
    /// </summary>
    [Range(0.05, 10)]
    public double MissSeconds { get; set; } = 0.25;
}

/// <summary>
/// The rule book and the catalogue that this silo uses, renewed from the database. Their age is measured with the machine's clock, not with
/// the programmes' clock.
/// </summary>
public sealed class CurrentRuleBook(IOptions<RuleBookOptions> options, TimeProvider machine)
{
    private volatile RuleBookSnapshot? _held;

    /// <summary>The current rule book.</summary>
    /// <exception cref="RuleBookStaleException">The rule book is older than its limit, or there is none yet.</exception>
    public RuleBook Current =>
        _held is { } now && machine.GetElapsedTime(now.At) <= options.Value.AgeMax ? now.Book : throw new RuleBookStaleException();

    /// <summary>The time since rule book and catalogue were confirmed; <see langword="null"/> when there are none yet.</summary>
    public TimeSpan? Age => _held is { } now ? machine.GetElapsedTime(now.At) : null;

    /// <summary>The catalogue that was renewed with the rule book, at any age.</summary>
    /// <exception cref="RuleBookStaleException">There is no catalogue yet.</exception>
    public Catalogue Catalogue => _held?.Catalogue ?? throw new RuleBookStaleException();

    /// <summary>Replaces rule book and catalogue, or confirms that they are unchanged. Their age starts again.</summary>
    public void Renew(RuleBook book, Catalogue catalogue) => _held = new RuleBookSnapshot(book, catalogue, machine.GetTimestamp());

    private sealed record RuleBookSnapshot(RuleBook Book, Catalogue Catalogue, long At);
}
