using Scoring.Events;
using Scoring.Rules;
using Scoring.Subjects;

namespace Scoring.Programmes;

public sealed class ShippedProgrammeTests
{
    private static readonly DocumentSet Shipped = ProgrammeFolder.Load(Path.Combine(AppContext.BaseDirectory, "programmes"), null);

    [Fact]
    public void The_shipped_programmes_have_no_fault()
    {
        Shipped.Problems.ShouldBeEmpty();
        Shipped.Programmes.Select(pair => (pair.Programme.Id.Value, pair.Programme.SubjectKind)).ShouldBe(
            [("clean-kitchen", SubjectKind.Merchant), ("fair-payer", SubjectKind.Citizen), ("safe-driver", SubjectKind.Vehicle)]);
    }

    [Fact]
    public void Each_has_two_independent_ways_to_earn_and_its_first_rules_cover_replayed_history()
    {
        foreach (var (_, sets) in Shipped.Programmes)
        {
            sets[0].FirstDay.ShouldBeLessThanOrEqualTo(new DateOnly(2000, 1, 1));
            sets[^1].Rules.Where(GivesPoints).Select(rule => rule.EventType).Distinct().Count().ShouldBeGreaterThanOrEqualTo(2);
        }
    }

    [Fact]
    public void Automatic_readings_score_no_citizen()
    {
        var automatic = Shipped.EventTypes.Where(type => type.Origin == EventOrigin.Automatic).Select(type => type.Name).ToHashSet();
        automatic.ShouldNotBeEmpty();
        foreach (var (programme, _) in Shipped.Programmes.Where(pair => pair.Programme.SubjectKind == SubjectKind.Citizen))
            programme.EventTypes.ShouldNotContain(name => automatic.Contains(name));
    }

    [Fact]
    public void Registrations_are_read_from_their_own_file()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """
                {"sources":[],"services":[{"id":"pool","programme":"fair-payer","legalEntity":"Pool","purpose":"Tickets.",
                 "contact":"pool@example.org","lastDay":"2026-12-31",
                 "context":"local-commerce"}]}
                """);
            var read = ProgrammeFolder.Load(Path.Combine(AppContext.BaseDirectory, "programmes"), file);
            read.Problems.ShouldBeEmpty();
            read.Services.ShouldHaveSingleItem().Programme.Value.ShouldBe("fair-payer");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static bool GivesPoints(Rule rule) => rule.Points switch
    {
        FixedPoints points => points.Value > 0,
        PointsByValue byValue => byValue.Rows.Any(row => row.Points > 0),
        _ => false,
    };
}
