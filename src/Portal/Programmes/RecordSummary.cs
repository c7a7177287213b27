using System.Collections.Immutable;
using Scoring.Client;

namespace Scoring.Programmes;

/// <summary>A programme's public record in short: a fold of its acts in their order, which can be continued.</summary>
/// <param name="ReadTo">The number of the last act that was folded; 0 for none.</param>
/// <param name="Months">How many acts of each kind each month has. A month is its first day, in the programme's zone.</param>
/// <param name="Last">The last act of each kind.</param>
/// <param name="Shadows">The last shadow of each version, by the hash of its rule set.</param>
/// <param name="Simulations">The last simulation of each draft, by the draft's hash.</param>
public sealed record RecordSummary(
    long ReadTo, ImmutableSortedDictionary<DateOnly, ImmutableSortedDictionary<string, int>> Months,
    ImmutableDictionary<string, RecordedAdminAction> Last, ImmutableDictionary<string, RecordedAdminAction> Shadows,
    ImmutableDictionary<string, DateTimeOffset> Simulations)
{
    /// <summary>The word of the act of a shadow.</summary>
    public const string Shadowed = "shadowed";

    /// <summary>The word of the act of a simulation.</summary>
    public const string Simulated = "simulated";

    /// <summary>The word of the act of a suspension.</summary>
    public const string Suspended = "suspended";

    /// <summary>The word of the act of a publication.</summary>
    public const string Published = "published";

    /// <summary>The fold of no act.</summary>
    public static RecordSummary Empty { get; } = new(
        0, ImmutableSortedDictionary<DateOnly, ImmutableSortedDictionary<string, int>>.Empty,
        ImmutableDictionary<string, RecordedAdminAction>.Empty, ImmutableDictionary<string, RecordedAdminAction>.Empty,
        ImmutableDictionary<string, DateTimeOffset>.Empty);

    /// <summary>How many acts there are of each kind, in the order of their words.</summary>
    public ImmutableSortedDictionary<string, int> Kinds => Months.Values.SelectMany(kinds => kinds).GroupBy(kind => kind.Key)
        .ToImmutableSortedDictionary(kind => kind.Key, kind => kind.Sum(one => one.Value), StringComparer.Ordinal);

    /// <summary>How many acts a month has.</summary>
    public int CountOf(DateOnly month) => Months.TryGetValue(month, out var kinds) ? kinds.Values.Sum() : 0;

    /// <summary>Folds one act more.</summary>
    /// <param name="act">The act, of a greater number than those before.</param>
    /// <param name="zone">The programme's zone.</param>
    public RecordSummary With(RecordedAdminAction act, TimeZoneInfo zone)
    {
        var day = TimeZoneInfo.ConvertTime(act.At, zone);
        var month = new DateOnly(day.Year, day.Month, 1);
        var kinds = Months.GetValueOrDefault(month) ?? ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);
        return this with
        {
            ReadTo = act.Number,
            Months = Months.SetItem(month, kinds.SetItem(act.Act, kinds.GetValueOrDefault(act.Act) + 1)),
            Last = Last.SetItem(act.Act, act),
            Shadows = act is { Act: Shadowed, Hash: { } version } ? Shadows.SetItem(version, act) : Shadows,
            Simulations = act is { Act: Simulated, Hash: { } draft } ? Simulations.SetItem(draft, act.At) : Simulations,
        };
    }
}
