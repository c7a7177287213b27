using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Simulation;

/// <summary>What simulations and shadows put into the public record: the report's counts and positions, and the gist in words.</summary>
internal static class SimulationActions
{
    /// <summary>
    /// How far apart the sizes are that checkpoints tell: the public record shows no more of a partition's growth, nor of the number of
    /// entries, from which a month's shown counts could be subtracted to have its hidden ones.
    /// </summary>
    private const int CheckpointRows = 256;

    /// <summary>A simulation of a draft, under a key of its own: each one is an act.</summary>
    public static NewAdminAction Simulated(
        Guid key, string who, DateTimeOffset at, ProgrammeId programme, string draftHash, SimulationReport report) => new(
        key, AdminActions.Simulated, programme, who, at, draftHash,
        ["The draft's rules were tried on the ledger, as if they had always been in force.", .. Gist(report, "subjects")],
        CanonicalJson.Write(Details(report)));

    /// <summary>A shadow of a published version: one act a programme, version and day, whoever folds it.</summary>
    public static NewAdminAction Shadowed(DateTimeOffset at, ProgrammeVersion version, int sharePercent, SimulationReport report)
    {
        var details = Details(report);
        details["number"] = version.RuleSet.Number;
        details["sharePercent"] = sharePercent;
        var words = string.Create(CultureInfo.InvariantCulture,
            $"The rules of version {version.RuleSet.Number}, in force from {version.RuleSet.FirstDay:yyyy-MM-dd}, were folded beside "
            + $"those in force for {sharePercent} in 100 subjects, as if they had always been in force.");
        return new NewAdminAction(
            ShadowKey(version, report.Day), AdminActions.Shadowed, version.Terms.Id, AdminActions.ByPlatform, at, version.RuleSet.Hash,
            [words, .. Gist(report, "subjects of the sample")], CanonicalJson.Write(details));
    }

    internal static Guid ShadowKey(ProgrammeVersion version, DateOnly day)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{AdminActions.Shadowed}/{version.Terms.Id}/{version.RuleSet.Number}/{day:yyyy-MM-dd}");
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16), bigEndian: true);
    }

    private static ImmutableArray<string> Gist(SimulationReport report, string whom)
    {
        if (report.Subjects == 0) return [$"There are fewer than {SmallCellSuppression.Least} {whom}, so there are no figures."];
        var falling = report.Changes.Where(band => band.To < 0).Sum(band => band.Subjects);
        var rising = report.Changes.Where(band => band.From > 0).Sum(band => band.Subjects);
        return [string.Create(CultureInfo.InvariantCulture,
            $"Of {report.Subjects} {whom}, about {rising} would have a higher score and about {falling} a lower one, to twenty.")];
    }

    private static JsonObject Details(SimulationReport report) => new()
    {
        ["positions"] = Array(report.Positions, position => Coarse(position)),
        ["day"] = Wording.Day(report.Day),
        ["subjects"] = report.Subjects,
        ["entries"] = Coarse(report.Entries),
        ["now"] = Array(report.Now, Of),
        ["then"] = Array(report.Then, Of),
        ["changes"] = Array(report.Changes, Of),
        ["crossings"] = Array(report.Crossings, Of),
        ["byEnrolment"] = Array(report.ByEnrolment, Of),
        ["byActivity"] = Array(report.ByActivity, Of),
    };

    private static long Coarse(long rows) => rows - (rows % CheckpointRows);

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
