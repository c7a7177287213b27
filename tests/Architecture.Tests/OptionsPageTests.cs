using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Scoring.Architecture;

/// <summary>
/// Checks that <c>docs/operations.md</c> lists every option with the default and the range of the code. The limits of the gateway are on
/// the API's page, which the gateway's own tests check.
/// </summary>
public sealed partial class OptionsPageTests
{
    /// <summary>The configuration sections of option classes that have no Section constant.</summary>
    private static readonly Dictionary<Type, string> Sections = new()
    {
        [typeof(Subjects.SubjectOptions)] = "Subjects",
        [typeof(Ledger.PartitionOptions)] = "Partitions",
        [typeof(Intake.IntakeOptions)] = "Intake",
        [typeof(Scores.ScoreQueryOptions)] = "Queries",
        [typeof(Enrolments.ParticipantOptions)] = "Participants",
        [typeof(Programmes.RuleBookOptions)] = "RuleBook",
        [typeof(Notices.NoticeOptions)] = "Notices",
        [typeof(Simulation.SimulationOptions)] = "Simulation",
        [typeof(Streams.LedgerStreamOptions)] = "Streams",
        [typeof(Postgres.EmbeddedPostgresOptions)] = "Postgres",
    };

    /// <summary>Options that the platform sets and an operator does not, and options that are a section of their own.</summary>
    private static readonly string[] NotForOperators = ["Postgres:DataFolder", "Storage:KeyFingerprints", "Portal:SignIn"];

    private static readonly ILookup<string, string[]> Rows = File.ReadLines(Path.Combine(SourceTree.Root, "docs", "operations.md"))
        .Where(line => Row().IsMatch(line)).ToLookup(
            line => Row().Match(line).Groups["name"].Value, line => line.Split('|').Select(cell => cell.Trim()).ToArray());

    public static TheoryData<string> Names => [.. Options().Select(option => option.Name).Distinct()];

    [Fact]
    public void Every_option_has_one_row_and_every_row_an_option()
    {
        Rows.Select(row => row.Key).Order(StringComparer.Ordinal).ShouldBe(
            Options().Select(option => option.Name).Distinct().Order(StringComparer.Ordinal));
        Rows.Where(row => row.Count() > 1).Select(row => row.Key).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Names))]
    public void A_row_has_the_default_and_the_range_of_the_code(string name)
    {
        var row = Rows[name].ShouldHaveSingleItem();
        foreach (var (_, property, value) in Options().Where(option => option.Name == name))
        {
            if (Default(property, value) is { } expected) row[2].ShouldBe(expected);
            if (value is "" && property.IsDefined(typeof(RequiredAttribute))) string.Concat(row).ShouldContain("required");
            if (property.GetCustomAttribute<RangeAttribute>() is not { } range) continue;
            row[2].ShouldBe(Invariant(value!));
            row[3].ShouldBe($"{Invariant(range.Minimum)} to {Invariant(range.Maximum)}");
        }
    }

    private static IEnumerable<(string Name, PropertyInfo Property, object? Value)> Options() =>
        from name in new[] { "Core", "Grains", "Hosting", "Silo", "Gateway", "Standalone", "Portal", "DevelopmentIssuer", "Telemetry" }
        from type in Assembly.Load($"Scoring.{name}").GetTypes()
        where type.Name.EndsWith("Options", StringComparison.Ordinal) && type is { IsAbstract: false, IsInterface: false, IsNested: false }
        let section = type.GetField("Section")?.GetRawConstantValue() as string
            ?? (Sections.TryGetValue(type, out var known) ? known : throw new InvalidOperationException($"{type} names no section."))
        let options = Activator.CreateInstance(type)
        from property in type.GetProperties()
        let full = $"{section}:{property.Name}"
        where !NotForOperators.Contains(full)
        select (full, property, property.GetValue(options));

    /// <summary>
    /// Returns the expected text of the default's cell; <see langword="null"/> where the page describes the default in words.
    /// </summary>
    private static string? Default(PropertyInfo property, object? value) => value switch
    {
        bool isOn => isOn ? "true" : "false",
        string { Length: > 0 } text => Path.IsPathRooted(text) ? null : $"`{text}`",
        Enum word => $"`{word}`",
        IEnumerable and not string => "none",
        _ => null,
    };

    private static string Invariant(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    [GeneratedRegex("^\\| `(?<name>[A-Z]\\w*(:[A-Z]\\w*)+)` \\|")]
    private static partial Regex Row();
}
