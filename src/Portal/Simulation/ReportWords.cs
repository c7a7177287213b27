using Scoring.Charts;
using Scoring.Client;
using Scoring.Languages;

namespace Scoring.Simulation;

/// <summary>Turns the parts of a simulation's report into what charts take.</summary>
internal static class ReportWords
{
    /// <summary>The step of published numbers of subjects, and the least group that is published.</summary>
    public const int Least = 20;

    /// <summary>The ends of the last groups by days and by events, which mean "and more".</summary>
    private const long OpenEnd = 36_500;

    /// <summary>Names a report by when it was made and at which position of the ledger.</summary>
    public static string NameOf(KeptReport kept, string zone, Texts texts) =>
        texts["simulation.made", texts.Instant(kept.At, zone), kept.Report.Positions.Sum()];

    /// <summary>Writes a mean change in points, given in thousandths, with a sign and one decimal.</summary>
    public static string Mean(long milli, Texts texts) => (milli / 1000m).ToString("+#,0.0;−#,0.0;0.0", texts.Language.Format);

    /// <summary>The bands of a distribution for a histogram.</summary>
    public static IReadOnlyList<HistogramBand> Histogram(IEnumerable<Band> bands) =>
        [.. bands.Select(band => new HistogramBand(band.From, band.To, band.Subjects))];

    /// <summary>The changes of scores as bars, the greatest fall first. Empty ranges at both ends are left out.</summary>
    public static IReadOnlyList<Bar> Changes(IEnumerable<Band> bands, Texts texts) =>
        [.. Trim([.. bands]).Select(band => new Bar(
            band switch
            {
                { From: 0, To: 0 } => texts["simulation.change-none"],
                _ when band.From == band.To => texts["simulation.change-one", texts.Points(band.From)],
                _ => texts["simulation.change", texts.Points(band.From), texts.Points(band.To)],
            },
            band.Subjects))];

    /// <summary>Groups as bars.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="isByDays">Whether they are by days enrolled; otherwise by number of events.</param>
    /// <param name="texts">The texts.</param>
    public static IReadOnlyList<PartsBar> Parts(IEnumerable<Group> groups, bool isByDays, Texts texts) =>
        [.. groups.Select(group => new PartsBar(Range(group, isByDays, texts), group.Subjects, group.Rising, group.Falling))];

    /// <summary>Writes the range of a group.</summary>
    public static string Range(Group group, bool isByDays, Texts texts) => (isByDays, group.To >= OpenEnd) switch
    {
        (true, true) => texts["simulation.days-from", group.From],
        (true, false) => texts["simulation.days", group.From, group.To],
        (false, true) => texts["simulation.events-from", group.From],
        _ => texts["simulation.events", group.From, group.To],
    };

    private static IEnumerable<Band> Trim(List<Band> bands) =>
        bands[Math.Max(0, bands.FindIndex(IsSome))..(bands.FindLastIndex(IsSome) + 1)];

    private static bool IsSome(Band band) => band.Subjects > 0;
}
