using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Simulation;

/// <summary>
/// Writes the public actions of simulations and shadow runs: the report's counts and positions, and a summary in words. The words are
/// stored and stay as they are.
/// </summary>
internal static class SimulationActions
{
    /// <summary>The action of a simulation of a draft. Each simulation has its own key, so each is one action.</summary>
    /// <param name="key">The random key.</param>
    /// <param name="by">The administrator.</param>
    /// <param name="at">The instant of the simulation.</param>
    /// <param name="programme">The programme.</param>
    /// <param name="draftHash">The hash of the draft.</param>
    /// <param name="report">The report.</param>
    public static NewAdminAction Simulated(
        Guid key, string by, DateTimeOffset at, ProgrammeId programme, string draftHash, SimulationReport report) => new(
        key, AdminActions.Simulated, programme, by, at, draftHash,
        ["The draft's rules were tried on the ledger, as if they had always been in force.", .. Summary(report, "subjects")],
        CanonicalJson.Write(Details(report, SimulationReportDocument.Hash(report))));

    /// <summary>The action of a shadow run of a published version: one action per programme, version and day.</summary>
    public static NewAdminAction Shadowed(DateTimeOffset at, ProgrammeVersion version, int sharePercent, SimulationReport report)
    {
        var details = Details(report, null);
        details["number"] = version.RuleSet.Number;
        details["sharePercent"] = sharePercent;
        var words = string.Create(CultureInfo.InvariantCulture,
            $"The rules of version {version.RuleSet.Number}, in force from {version.RuleSet.FirstDay:yyyy-MM-dd}, were folded next to "
            + $"those in force for {sharePercent} in 100 subjects, as if they had always been in force.");
        return new NewAdminAction(
            ShadowKey(version, report.Day), AdminActions.Shadowed, version.Terms.Id, AdminActions.ByPlatform, at, version.RuleSet.Hash,
            [words, .. Summary(report, "subjects of the sample")], CanonicalJson.Write(details));
    }

    /// <summary>The key of the shadow run of a version on a day.</summary>
    internal static Guid ShadowKey(ProgrammeVersion version, DateOnly day)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{AdminActions.Shadowed}/{version.Terms.Id}/{version.RuleSet.Number}/{day:yyyy-MM-dd}");
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16), bigEndian: true);
    }

    private static ImmutableArray<string> Summary(SimulationReport report, string subjects)
    {
        if (report.Subjects == 0) return [$"There are fewer than {SmallCellSuppression.Least} {subjects}, so there are no figures."];
        var falling = report.Changes.Where(band => band.To < 0).Sum(band => band.Subjects);
        var rising = report.Changes.Where(band => band.From > 0).Sum(band => band.Subjects);
        return [string.Create(CultureInfo.InvariantCulture,
            $"Of {report.Subjects} {subjects}, about {rising} would have a higher score and about {falling} a lower one, to twenty.")];
    }

    /// <summary>The details of a report, with its hash when it is kept.</summary>
    private static JsonObject Details(SimulationReport report, string? hash)
    {
        var details = Figures(report);
        if (hash is not null) details["report"] = hash;
        return details;
    }

    private static JsonObject Figures(SimulationReport report) => new()
    {
        ["positions"] = Array(report.Positions, position => PublicPositions.RoundDown(position)),
        ["day"] = Wording.Day(report.Day),
        ["subjects"] = report.Subjects,
        ["entries"] = PublicPositions.RoundDown(report.Entries),
        ["now"] = Array(report.Now, Of),
        ["then"] = Array(report.Then, Of),
        ["changes"] = Array(report.Changes, Of),
        ["crossings"] = Array(report.Crossings, Of),
        ["byEnrolment"] = Array(report.ByEnrolment, Of),
        ["byActivity"] = Array(report.ByActivity, Of),
    };

    private static JsonObject Of(Band band) => new() { ["from"] = band.From, ["to"] = band.To, ["subjects"] = band.Subjects };

    private static JsonObject Of(Crossing crossing) =>
        new() { ["now"] = crossing.Now, ["then"] = crossing.Then, ["subjects"] = crossing.Subjects };

    private static JsonObject Of(Group group) => new()
    {
        ["from"] = group.From, ["to"] = group.To, ["subjects"] = group.Subjects, ["rising"] = group.Rising,
        ["falling"] = group.Falling, ["meanChangeMilli"] = group.MeanChangeMilli,
    };

    private static JsonArray Array<T>(ImmutableArray<T> elements, Func<T, JsonNode?> of) => [.. elements.Select(of)];
}
